/** What one person enters by hand and a second must confirm before it becomes an event. */
@NullMarked
package org.tumorboard.entry;

import org.jspecify.annotations.NullMarked;

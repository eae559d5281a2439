/** The vocabulary: what departments say, in which form, and who they are. */
@NullMarked
package org.tumorboard.event;

import org.jspecify.annotations.NullMarked;

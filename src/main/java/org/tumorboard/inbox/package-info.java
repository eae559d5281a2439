/** The inbox: takes what departments send, once and for ever, and decides what becomes of it. */
@NullMarked
package org.tumorboard.inbox;

import org.jspecify.annotations.NullMarked;

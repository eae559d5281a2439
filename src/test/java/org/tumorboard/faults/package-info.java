/** What becomes of cases while nodes, broker and PostgreSQL are killed, paused and cut off from each other. */
@NullMarked
package org.tumorboard.faults;

import org.jspecify.annotations.NullMarked;

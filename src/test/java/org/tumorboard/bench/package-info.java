/** The benchmark: what an event costs through the inbox, one record at a time, and by direct calls of the engine. */
@NullMarked
package org.tumorboard.bench;

import org.jspecify.annotations.NullMarked;

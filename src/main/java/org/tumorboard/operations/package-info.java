/** What those who keep the engine running look at: gauges read from the tables now and then. */
@NullMarked
package org.tumorboard.operations;

import org.jspecify.annotations.NullMarked;

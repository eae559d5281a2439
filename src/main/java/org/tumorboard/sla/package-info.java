/** Milestones: the clinical instants of a case from which every clock is told. */
@NullMarked
package org.tumorboard.sla;

import org.jspecify.annotations.NullMarked;

/** What a manager counts: what the clocks and milestones say of a period, afterwards. It only reads. */
@NullMarked
package org.tumorboard.report;

import org.jspecify.annotations.NullMarked;

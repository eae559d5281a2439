/**
 * The pathway: which waiting step an event closes, and what a step does when it opens, closes or is withdrawn.
 * The BPMN models say all of it; this package is the one place that knows the engine.
 */
@NullMarked
package org.tumorboard.pathway;

import org.jspecify.annotations.NullMarked;

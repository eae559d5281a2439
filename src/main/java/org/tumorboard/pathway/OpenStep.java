package org.tumorboard.pathway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventType;

/**
 * A step of a case that waits to be done, in Tasklist or by its event.
 *
 * @param id the task in Tasklist
 * @param step its name in {@code step-completed}
 * @param group whose work it is
 * @param dueAt its deadline; null if its clock has no limit
 * @param event the event that closes it
 * @param assignee who has taken it; null if nobody has
 */
public record OpenStep(
        String id,
        String step,
        String name,
        String group,
        @Nullable Instant dueAt,
        EventType event,
        @Nullable String assignee) {}

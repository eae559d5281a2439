package org.tumorboard.sla;

import java.time.Instant;
import java.util.List;

/**
 * What somebody is told about a clock.
 *
 * @param what which notification
 * @param threshold its name; of a resolution the highest that had been announced
 * @param level of escalation
 * @param groups whom it reaches
 * @param at when what it tells happened
 * @param late the threshold had been passed well before
 */
public record Announcement(
        What what, SlaClock clock, String threshold, int level, List<String> groups, Instant at, boolean late) {

    /** The notifications about clocks. */
    public enum What {
        WARNING("sla-warning"),
        BREACHED("sla-breached"),
        RESOLVED("sla-resolved");

        private final String notification;

        What(String notification) {
            this.notification = notification;
        }

        /** Name as in the pathway. */
        public String notification() {
            return notification;
        }
    }
}

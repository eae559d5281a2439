package org.tumorboard.event;

import java.util.Optional;

/** The Kafka topics: one in and one out for each department, three for everyone. */
public final class Topics {

    public static final String CASE_STATUS = "tumorboard.case-status";
    public static final String SLA = "tumorboard.sla";
    public static final String DEAD_LETTERS = "tumorboard.dead-letters";

    private static final String EVENTS = "tumorboard.events.";

    private Topics() {}

    /** Where the department's systems send. */
    public static String events(Department department) {
        return EVENTS + department.slug();
    }

    /** Where the department's systems listen. */
    public static String notifications(Department department) {
        return "tumorboard.notifications." + department.slug();
    }

    /** The department whose topic this is. */
    public static Optional<Department> senderOn(String topic) {
        return topic.startsWith(EVENTS) ? Department.of(topic.substring(EVENTS.length())) : Optional.empty();
    }
}

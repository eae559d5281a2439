package org.tumorboard.event;

/** How fast the pathway must go; chosen by DMN {@code urgency}. Declared from calm to urgent. */
public enum Urgency {
    STANDARD(30),
    URGENT(60),
    EMERGENCY(90);

    private final int taskPriority;

    Urgency(int taskPriority) {
        this.taskPriority = taskPriority;
    }

    /** Priority of the case's tasks in Tasklist, 0–100, the higher the sooner. */
    public int taskPriority() {
        return taskPriority;
    }
}

package org.tumorboard.faults;

/** Between which two neighbouring steps of what happens to an event the engine's process ends, in their order. */
enum KillPoint {
    ENGINE_CALLED(false, false),
    INBOX_WRITTEN(false, false),
    MILESTONES_WRITTEN(false, false),
    OUTBOX_WRITTEN(false, false),
    COMMITTING(false, false),
    COMMITTED(true, false),
    OFFSET_MOVED(true, false),
    SENT(true, false),
    MARKED(true, false),
    MARK_COMMITTED(true, true);

    private final boolean isOnRecord;
    private final boolean isSent;

    KillPoint(boolean isOnRecord, boolean isSent) {
        this.isOnRecord = isOnRecord;
        this.isSent = isSent;
    }

    /** Whether what ends here leaves the event and all it caused on record, instead of nothing. */
    boolean isOnRecord() {
        return isOnRecord;
    }

    /** Whether what it told is marked as sent. */
    boolean isSent() {
        return isSent;
    }

    /** Whether the offset is left where it was. */
    boolean isToBeReadAgain() {
        return ordinal() <= COMMITTED.ordinal();
    }
}

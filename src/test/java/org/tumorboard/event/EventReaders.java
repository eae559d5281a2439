package org.tumorboard.event;

/** The edge without an application around it, for tests of other packages. */
public final class EventReaders {

    private EventReaders() {}

    public static EventReader real() {
        return new EventReader(schemas());
    }

    public static EventSchemas schemas() {
        return new EventSchemas();
    }
}

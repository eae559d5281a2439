package org.tumorboard.connection;

/** Whether the thread that handles an event of a connection handed a request to the application meanwhile. */
final class Served {

    private final ThreadLocal<Boolean> any = ThreadLocal.withInitial(() -> false);

    void none() {
        any.set(false);
    }

    void one() {
        any.set(true);
    }

    boolean isAny() {
        return any.get();
    }
}

package org.tumorboard.channel;

/** A message did not arrive. */
final class UndeliveredException extends Exception {

    private final boolean isFinal;

    private UndeliveredException(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
    }

    /** Trying again may help. */
    static UndeliveredException forNow(String message) {
        return new UndeliveredException(message, false);
    }

    /** The other side will never take it. */
    static UndeliveredException forGood(String message) {
        return new UndeliveredException(message, true);
    }

    boolean isFinal() {
        return isFinal;
    }
}

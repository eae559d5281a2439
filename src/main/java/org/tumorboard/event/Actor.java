package org.tumorboard.event;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who acts.
 *
 * @param name the one they signed in with
 * @param groups of {@link Groups}
 * @param origin the address from which they do; null if it came over no network
 */
public record Actor(String name, List<String> groups, @Nullable String origin) {

    /** What the application does of its own accord. */
    public static final Actor APPLICATION = new Actor("(application)", List.of(), null);

    /** Nobody who is known. The brackets make it no name that anybody can have. */
    public static final String UNKNOWN = "(unknown)";

    private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();

    /** A piece of a request's work. */
    @FunctionalInterface
    public interface Work<A extends Exception, B extends Exception> {

        void run() throws A, B;
    }

    /** Whose request this thread works on; null on threads of the inbox, of timers and other loops. */
    public static @Nullable Actor current() {
        return CURRENT.get();
    }

    /** Whose request this thread works on, else whoever is named. */
    public static Actor currentOr(Supplier<Actor> other) {
        Actor current = CURRENT.get();
        return current == null ? other.get() : current;
    }

    /** Does the work in this person's name. */
    public <A extends Exception, B extends Exception> void doing(Work<A, B> work) throws A, B {
        Actor before = CURRENT.get();
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}

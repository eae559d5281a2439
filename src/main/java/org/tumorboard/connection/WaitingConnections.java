package org.tumorboard.connection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections on which nothing is served, or only just: a request is not here, or not all of it. Whoever has been so for longest
 * comes first, and bytes that trickle in change nothing of that. Times are in ns, as {@link System#nanoTime} tells them.
 *
 * @param <K> a connection
 */
final class WaitingConnections<K> {

    private final Map<K, Wait> byConnection = new LinkedHashMap<>();

    private enum Stage {
        /** Between two requests. */
        IDLE,
        HEADERS,
        BODY
    }

    /**
     * @param since the first byte of a request could be here
     */
    private record Wait(Stage stage, long since) {}

    /** Its first request is due from now on. */
    synchronized void accepted(K connection, long now) {
        byConnection.put(connection, new Wait(Stage.HEADERS, now));
    }

    /** Its request was served. */
    synchronized void idle(K connection, long now) {
        byConnection.remove(connection);
        byConnection.put(connection, new Wait(Stage.IDLE, now));
    }

    /** A part of its request line and headers is here. */
    synchronized void headers(K connection, long now) {
        byConnection.merge(
                connection,
                new Wait(Stage.HEADERS, now),
                (before, first) -> before.stage == Stage.HEADERS ? before : first);
    }

    /** All of its headers are here, but not all of its body. */
    synchronized void body(K connection, long now) {
        byConnection.put(connection, new Wait(Stage.BODY, now));
    }

    /** It is in service, or closed. */
    synchronized void gone(K connection) {
        byConnection.remove(connection);
    }

    synchronized boolean holds(K connection) {
        return byConnection.containsKey(connection);
    }

    synchronized int size() {
        return byConnection.size();
    }

    synchronized List<K> longestFirst() {
        return List.copyOf(byConnection.keySet());
    }

    /** Whose headers have not come in time. */
    synchronized List<K> overdue(Duration within, long now) {
        return byConnection.entrySet().stream()
                .filter(entry -> entry.getValue().stage == Stage.HEADERS)
                .filter(entry -> now - entry.getValue().since > within.toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }
}

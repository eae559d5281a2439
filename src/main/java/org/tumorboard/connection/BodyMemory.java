package org.tumorboard.connection;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Bounds what bodies take together, those that are awaited and those that are being served. When there is no more room, the
 * one that is awaited longest loses its place.
 */
final class BodyMemory {

    private final long most;
    private final Set<AwaitedBody> awaited = new LinkedHashSet<>();
    private long used;

    /**
     * @param most bytes
     */
    BodyMemory(long most) {
        this.most = most;
    }

    synchronized void await(AwaitedBody body) {
        body.await();
        awaited.add(body);
    }

    /**
     * Keeps some more of a body.
     *
     * @return whether there was room, and it still has its place
     */
    synchronized boolean add(AwaitedBody body, ByteBuffer bytes) {
        if (!awaited.contains(body) || !makeRoom(body, bytes.remaining())) {
            return false;
        }
        used += bytes.remaining();
        body.add(bytes);
        return true;
    }

    /** All of it is here. Returns whether it still had its place. */
    synchronized boolean complete(AwaitedBody body) {
        if (!awaited.remove(body)) {
            return false;
        }
        body.complete();
        return true;
    }

    /** It was served, or is given up. */
    synchronized void release(AwaitedBody body) {
        awaited.remove(body);
        used -= body.size();
        body.forget();
    }

    private boolean makeRoom(AwaitedBody body, int more) {
        Iterator<AwaitedBody> longest = awaited.iterator();
        while (used + more > most && longest.hasNext()) {
            AwaitedBody other = longest.next();
            if (other != body) {
                longest.remove();
                used -= other.size();
                other.lose();
            }
        }
        return used + more <= most;
    }
}

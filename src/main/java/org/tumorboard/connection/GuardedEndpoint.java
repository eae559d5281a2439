package org.tumorboard.connection;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every connection that comes; when there are too many, or too few threads, those that wait longest make room. */
final class GuardedEndpoint extends NioEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedEndpoint.class);

    private final WaitingConnections<SocketChannel> waiting;
    /** Whose requests are being served by a thread, and since when, in ns. */
    private final Map<SocketWrapperBase<NioChannel>, Long> serving = new ConcurrentHashMap<>();

    private final AtomicLong displaced = new AtomicLong();
    private volatile int most = Integer.MAX_VALUE;

    GuardedEndpoint(WaitingConnections<SocketChannel> waiting) {
        this.waiting = waiting;
    }

    void setMost(int most) {
        this.most = most;
    }

    @Override
    protected boolean setSocketOptions(SocketChannel connection) {
        makeRoom();
        waiting.accepted(connection, System.nanoTime());
        boolean isTaken = super.setSocketOptions(connection);
        if (!isTaken) {
            waiting.gone(connection);
        }
        return isTaken;
    }

    private void makeRoom() {
        if (waiting.size() < most) {
            return;
        }
        for (SocketChannel longest : waiting.longestFirst()) {
            if (cut(longest)) {
                displaced.incrementAndGet();
            }
            if (waiting.size() < most) {
                return;
            }
        }
    }

    /** Closes those whose headers have not come in time. */
    void cutOverdue(Duration within, long now) {
        waiting.overdue(within, now).forEach(this::cut);
    }

    void begins(SocketWrapperBase<NioChannel> wrapper, long now) {
        serving.put(wrapper, now);
    }

    void ends(SocketWrapperBase<NioChannel> wrapper) {
        serving.remove(wrapper);
    }

    /**
     * Where most threads are taken, those are freed that have waited longest for somebody to read an answer, until half of
     * all are free or none waits.
     */
    void freeThreads() {
        int busy = getCurrentThreadsBusy();
        if (busy <= getMaxThreads() * 3 / 4) {
            return;
        }
        serving.entrySet().stream()
                .filter(entry -> isUnread(entry.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .limit(busy - getMaxThreads() / 2)
                .forEach(entry -> stopWriting(entry.getKey()));
    }

    private static boolean isUnread(SocketWrapperBase<NioChannel> wrapper) {
        return wrapper instanceof NioSocketWrapper nio && nio.interestOpsHas(SelectionKey.OP_WRITE);
    }

    /** The thread that waits to write is woken, and finds that it cannot. */
    private void stopWriting(SocketWrapperBase<NioChannel> wrapper) {
        SocketChannel connection = wrapper.getSocket().getIOChannel();
        if (connection == null) {
            return;
        }
        try {
            connection.shutdownOutput();
            displaced.incrementAndGet();
        } catch (IOException isClosed) {
            LOG.debug("an answer that nobody read ended by itself", isClosed);
        }
    }

    /** How many made room since this was last asked. */
    long takeDisplaced() {
        return displaced.getAndSet(0);
    }

    /**
     * Closes a connection as the server does after a fault, unless a thread is just busy with it: whoever holds its lock
     * may be serving a request.
     */
    private boolean cut(SocketChannel connection) {
        SocketWrapperBase<NioChannel> wrapper = connections.get(connection);
        // the server tells of a fault where it finds a channel closed that it is about to look after
        boolean isLookedAfter = connection.isRegistered();
        if (wrapper == null || !isLookedAfter || !wrapper.getLock().tryLock()) {
            return false;
        }
        try {
            if (wrapper.isClosed() || !waiting.holds(connection)) {
                return false;
            }
            getHandler().process(wrapper, SocketEvent.ERROR);
            wrapper.close();
            return true;
        } finally {
            wrapper.getLock().unlock();
        }
    }
}

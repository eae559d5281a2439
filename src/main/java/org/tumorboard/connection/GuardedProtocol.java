package org.tumorboard.connection;

import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 as the server speaks it, with limits for those who send or read slowly, or connect often: {@link WaitingConnections}
 * for connections and headers, {@link WholeRequests} for bodies, {@link GuardedEndpoint} for answers that nobody reads. Public, and without parameters, because the server makes it.
 */
public final class GuardedProtocol extends Http11NioProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedProtocol.class);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final long TELL_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final WaitingConnections<SocketChannel> waiting;
    private final GuardedEndpoint endpoint;
    private final Served served = new Served();
    private @Nullable ConnectionProperties limits;
    private @Nullable ScheduledFuture<?> looking;
    private long toldAt = System.nanoTime() - TELL_EVERY_NANOS;

    public GuardedProtocol() {
        this(new WaitingConnections<>());
    }

    private GuardedProtocol(WaitingConnections<SocketChannel> waiting) {
        this(waiting, new GuardedEndpoint(waiting));
    }

    private GuardedProtocol(WaitingConnections<SocketChannel> waiting, GuardedEndpoint endpoint) {
        super(endpoint);
        this.waiting = waiting;
        this.endpoint = endpoint;
        Watch watch = new Watch(this);
        setHandler(watch);
        endpoint.setHandler(watch);
    }

    /** To be called before it starts. */
    void limit(ConnectionProperties to) {
        limits = to;
        endpoint.setMost(to.most());
    }

    private ConnectionProperties limits() {
        if (limits == null) {
            throw new IllegalStateException("expected limits before the start, but there are none");
        }
        return limits;
    }

    @Override
    public void setAdapter(Adapter application) {
        super.setAdapter(new WholeRequests(
                application,
                served,
                new BodyMemory(limits().allBodies().toBytes()),
                limits().largestBody().toBytes(),
                limits().bodyWithin()));
    }

    @Override
    public void start() throws Exception {
        int accepted = getMaxConnections();
        if (accepted >= 0 && accepted <= limits().most()) {
            throw new IllegalStateException(
                    "expected server.tomcat.max-connections above tumorboard.connections.most, %d, but it is %d"
                            .formatted(limits().most(), accepted));
        }
        super.start();
        looking = getUtilityExecutor()
                .scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
        super.stop();
    }

    private void look() {
        try {
            runOnce(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("looking for connections without a request failed, and is tried again", e);
        }
    }

    /** Cuts what is overdue, and says now and then that connections had to make room. */
    void runOnce(long now) {
        endpoint.cutOverdue(limits().headersWithin(), now);
        endpoint.freeThreads();
        if (now - toldAt > TELL_EVERY_NANOS) {
            long displaced = endpoint.takeDisplaced();
            if (displaced > 0) {
                toldAt = now;
                LOG.warn(
                        "many connections wait for a request, or for their answer to be read: {} made room for others",
                        displaced);
            }
        }
    }

    /** Knows after each event what a connection waits for. It is called by one thread at a time for each. */
    private static final class Watch extends ConnectionHandler<NioChannel> {

        private final GuardedProtocol protocol;

        Watch(GuardedProtocol protocol) {
            super(protocol);
            this.protocol = protocol;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
            protocol.served.none();
            SocketState state = processed(wrapper, event);
            SocketChannel connection = wrapper.getSocket().getIOChannel();
            if (connection == null) {
                return state;
            }
            if (state == SocketState.OPEN) {
                noteBetweenRequests(connection, event);
            } else {
                noteWithin(connection, state, (Processor) wrapper.getCurrentProcessor());
            }
            return state;
        }

        private SocketState processed(SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
            protocol.endpoint.begins(wrapper, System.nanoTime());
            try {
                return super.process(wrapper, event);
            } finally {
                protocol.endpoint.ends(wrapper);
            }
        }

        /** Empty lines are no request, and buy no time. */
        private void noteBetweenRequests(SocketChannel connection, SocketEvent event) {
            if (protocol.served.isAny()) {
                protocol.waiting.idle(connection, System.nanoTime());
            } else if (event == SocketEvent.OPEN_READ) {
                protocol.waiting.headers(connection, System.nanoTime());
            }
        }

        private void noteWithin(SocketChannel connection, SocketState state, @Nullable Processor processor) {
            if (state != SocketState.LONG || processor == null || processor.isUpgrade()) {
                protocol.waiting.gone(connection);
            } else if (AwaitedBody.of(processor.getRequest()).isAwaited()) {
                protocol.waiting.body(connection, System.nanoTime());
            } else if (processor.isAsync()) {
                protocol.waiting.gone(connection);
            } else {
                protocol.waiting.headers(connection, System.nanoTime());
            }
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> wrapper) {
            SocketChannel connection = wrapper.getSocket().getIOChannel();
            if (connection != null) {
                protocol.waiting.gone(connection);
            }
            super.release(wrapper);
        }
    }
}

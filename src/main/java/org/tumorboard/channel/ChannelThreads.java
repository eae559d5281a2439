package org.tumorboard.channel;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs each channel on a thread of its own: one that does not answer holds up no other. */
@Component
final class ChannelThreads implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelThreads.class);
    private static final long EVERY_MILLIS = 1_000;

    private final Channels channels;
    private final ChannelRelay relay;
    private @Nullable ScheduledExecutorService threads;

    ChannelThreads(Channels channels, ChannelRelay relay) {
        this.channels = channels;
        this.relay = relay;
    }

    @Override
    public void start() {
        ScheduledExecutorService started =
                Executors.newScheduledThreadPool(channels.all().size());
        channels.all()
                .forEach(channel -> started.scheduleWithFixedDelay(
                        () -> runOnce(channel), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS));
        threads = started;
    }

    private void runOnce(Channel channel) {
        try {
            relay.runOnce(channel);
        } catch (RuntimeException e) {
            LOG.warn("{} is tried again: {}", channel.name(), e.toString());
        }
    }

    @Override
    public void stop() {
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }
}

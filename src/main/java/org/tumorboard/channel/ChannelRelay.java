package org.tumorboard.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries what waits in a channel, in the order in which it was told, at least once. What fails is tried again with
 * growing pauses and holds up what comes after it in this channel, in no other; what the other side refuses, or has not
 * taken for too long, is set aside.
 */
@Component
final class ChannelRelay {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelRelay.class);

    /** Longer than any try lasts: after that another node may try. */
    private static final Duration HOLD = Duration.ofMinutes(1);

    private final DeliveryTable deliveries;
    private final ChannelProperties properties;
    private final Clock clock;

    ChannelRelay(DeliveryTable deliveries, ChannelProperties properties, Clock clock) {
        this.deliveries = deliveries;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Carries what is due in the channel now.
     *
     * @return how many arrived
     */
    int runOnce(Channel channel) {
        int arrived = 0;
        while (true) {
            Instant now = clock.instant();
            Optional<Delivery> first = deliveries.takeFirst(channel, now, now.plus(HOLD));
            if (first.isEmpty()) {
                return arrived;
            }
            if (carry(channel, first.get())) {
                arrived++;
            }
        }
    }

    private boolean carry(Channel channel, Delivery delivery) {
        try {
            channel.carrier().carry(delivery);
            deliveries.delivered(channel, delivery, clock.instant());
            return true;
        } catch (UndeliveredException e) {
            Instant now = clock.instant();
            boolean isTooOld = delivery.since().plus(properties.giveUpAfter()).isBefore(now);
            if (e.isFinal() || isTooOld) {
                LOG.error(
                        "{} of case {} is set aside in {}: {}",
                        delivery.type(),
                        delivery.caseId(),
                        channel.name(),
                        e.getMessage());
                deliveries.setAside(channel, delivery, e.getMessage(), now);
            } else {
                Duration wait = BackOff.after(delivery.attempts() + 1);
                LOG.warn("{} waits {}: {}", channel.name(), wait, e.getMessage());
                deliveries.failed(channel, delivery, e.getMessage(), now.plus(wait));
            }
            return false;
        }
    }
}

package org.tumorboard.channel;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.tumorboard.outbox.MessagesAdded;

/** Puts notifications into the channels of their departments, in the transaction that adds them to the outbox. */
@Component
final class CopiesIntoChannels {

    private final Channels channels;
    private final DeliveryTable deliveries;
    private final Clock clock;

    CopiesIntoChannels(Channels channels, DeliveryTable deliveries, Clock clock) {
        this.channels = channels;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    private record Copy(Channel channel, Long place) {}

    @EventListener
    void copy(MessagesAdded added) {
        Map<Channel, List<Long>> copies = added.messages().stream()
                .flatMap(message -> channels.of(message).stream()
                        .map(channel -> new Copy(channel, added.places().get(message.messageId()))))
                .collect(groupingBy(Copy::channel, mapping(Copy::place, toList())));
        copies.forEach((channel, places) -> deliveries.add(channel, places, clock.instant()));
    }
}

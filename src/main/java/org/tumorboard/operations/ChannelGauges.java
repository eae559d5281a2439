package org.tumorboard.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.channel.ChannelBacklog;

/** What waits in each channel, and what was set aside there. */
@Component
class ChannelGauges {

    private final MeterRegistry meters;
    private final LastReading<List<ChannelBacklog.Backlog>> channels;

    ChannelGauges(MeterRegistry meters, ChannelBacklog backlog) {
        this.meters = meters;
        channels = new LastReading<>("the channels", backlog::read);
        for (String channel : backlog.names()) {
            gauge(
                    "tumorboard.channel.waiting",
                    "Notifications that wait in the channel",
                    channel,
                    ChannelBacklog.Backlog::waiting);
            gauge("tumorboard.channel.oldest", "Age of the oldest of them, in seconds", channel, backlogOf -> backlogOf
                    .oldest()
                    .toSeconds());
            gauge(
                    "tumorboard.channel.setaside",
                    "Notifications set aside in the last day: refused, or not taken for too long",
                    channel,
                    ChannelBacklog.Backlog::setAside);
        }
    }

    @Scheduled(initialDelay = 0, fixedDelayString = "${tumorboard.operations.read-every}")
    void runOnce() {
        channels.runOnce();
    }

    private void gauge(
            String name, String description, String channel, ToDoubleFunction<ChannelBacklog.Backlog> figure) {
        Gauge.builder(
                        name,
                        channels,
                        last -> last.figure(all -> all.stream()
                                .filter(backlog -> backlog.channel().equals(channel))
                                .mapToDouble(figure)
                                .sum()))
                .description(description)
                .tag("channel", channel)
                .register(meters);
    }
}

package org.tumorboard.channel;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits in each channel, for how long, and what was set aside. */
@Component
public final class ChannelBacklog {

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Clock clock;

    ChannelBacklog(JdbcClient jdbc, Channels channels, Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * @param channel {@code mail:radiology}
     * @param oldest how long the oldest of those that wait has waited; zero if there is none
     * @param setAside in the last day
     */
    public record Backlog(String channel, long waiting, Duration oldest, long setAside) {

        private static final Duration PATIENCE = Duration.ofMinutes(10);

        /** Whether the department may not rely on it now. */
        public boolean isBlocked() {
            return setAside > 0 || oldest.compareTo(PATIENCE) > 0;
        }

        /** {@code mail} or {@code webhook}. */
        public String kind() {
            return channel.substring(0, channel.indexOf(':'));
        }
    }

    private record Row(String channel, long waiting, @Nullable Timestamp oldest, long setAside) {}

    /** The names of all configured channels. */
    public List<String> names() {
        return channels.all().stream().map(Channel::name).toList();
    }

    /** One for each configured channel. */
    public List<Backlog> read() {
        if (channels.all().isEmpty()) {
            return List.of();
        }
        Map<String, Row> rows = jdbc
                .sql(
                        """
                        select d.channel, count(*) filter (where d.set_aside_at is null) as waiting,
                          min(m.created_at) filter (where d.set_aside_at is null) as oldest,
                          count(*) filter (where d.set_aside_at > :yesterday) as set_aside
                        from channel_delivery d join outbox_message m using (seq)
                        where d.delivered_at is null group by d.channel
                        """)
                .param("yesterday", Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                .query(Row.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Row::channel, Function.identity()));
        return channels.all().stream()
                .map(channel -> backlog(rows.getOrDefault(channel.name(), new Row(channel.name(), 0, null, 0))))
                .toList();
    }

    private Backlog backlog(Row row) {
        return new Backlog(
                row.channel(),
                row.waiting(),
                row.oldest() == null
                        ? Duration.ZERO
                        : Duration.between(row.oldest().toInstant(), clock.instant()),
                row.setAside());
    }
}

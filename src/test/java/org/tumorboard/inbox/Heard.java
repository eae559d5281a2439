package org.tumorboard.inbox;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts a department's past events straight into the inbox, and takes them away again. */
public final class Heard implements AutoCloseable {

    private static final String SOURCE = "//hospital.example/heard";

    private final JdbcClient jdbc;

    public Heard(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void at(String department, Instant at) {
        jdbc.sql(
                        """
                        insert into inbox_event (source, id, type, department, received_at, outcome, decided_at)
                        values (:source, :id, :type, :department, :at, 'ALREADY_DONE', :at)
                        """)
                .param("source", SOURCE)
                .param("id", department + at)
                .param("type", department + ".test")
                .param("department", department)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Every day, at each of these hours of the day. */
    public void daily(String department, Instant firstDay, int days, int... hours) {
        IntStream.range(0, days)
                .mapToObj(day -> firstDay.plus(Duration.ofDays(day)))
                .forEach(day -> IntStream.of(hours).forEach(hour -> at(department, day.plus(Duration.ofHours(hour)))));
    }

    @Override
    public void close() {
        jdbc.sql("delete from inbox_event where source = :source")
                .param("source", SOURCE)
                .update();
    }
}

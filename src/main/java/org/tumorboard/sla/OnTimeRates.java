package org.tumorboard.sla;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which share of each clock's decided runs was on time. A run is decided when it is stopped, or at its limit if that is
 * behind; waived and cancelled runs are not. Early is not on time.
 */
@Component
public final class OnTimeRates {

    private final JdbcClient jdbc;

    OnTimeRates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param met stopped in time
     * @param decided all that count
     */
    public record Rate(long met, long decided) {

        /** From 0 to 1; NaN if nothing is decided. */
        public double share() {
            return decided == 0 ? Double.NaN : (double) met / decided;
        }

        private Rate plus(long more) {
            return new Rate(met, decided + more);
        }
    }

    /**
     * The rates by clock of what was decided from that instant on.
     *
     * @param open the open runs: those past their limit are decided too
     */
    public Map<String, Rate> since(Instant from, Collection<SlaClock> open, Instant now) {
        Map<String, Rate> rates = new HashMap<>();
        jdbc.sql(
                        """
                        select clock, count(*) filter (where verdict = 'MET') as met, count(*) as decided
                        from sla_clock
                        where verdict in ('MET', 'MET_EARLY', 'MET_LATE', 'BREACHED')
                          and least(stopped_at, latest_at) >= :from
                        group by clock
                        """)
                .param("from", Timestamp.from(from))
                .query(row -> {
                    rates.put(row.getString("clock"), new Rate(row.getLong("met"), row.getLong("decided")));
                });
        open.stream()
                .filter(run ->
                        run.state(now) == ClockState.BREACHED && !run.latestAt().isBefore(from))
                .forEach(run -> rates.merge(run.clock(), new Rate(0, 1), (known, one) -> known.plus(one.decided())));
        return rates;
    }
}

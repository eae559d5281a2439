package org.tumorboard.faults;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventIdentity;

/** What the database says while a run goes on, and whether it has come to rest. */
final class Records implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HikariDataSource source;
    private final JdbcClient jdbc;

    Records(HikariDataSource source) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /** Those of the events that have no outcome yet. */
    Set<EventIdentity> missing(Collection<EventIdentity> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        Set<EventIdentity> missing = new HashSet<>(events);
        jdbc.sql(
                        "select source, id from inbox_event where (source, id) in (select * from unnest(?::text[], ?::text[]))")
                .params(sources(events), ids(events))
                .query((row, number) -> new EventIdentity(row.getString(1), row.getString(2)))
                .list()
                .forEach(missing::remove);
        return missing;
    }

    /** Those of the events that wait for their step. */
    Set<EventIdentity> parked(Collection<EventIdentity> events) {
        return Set.copyOf(jdbc.sql(
                        """
                        select source, id from inbox_event
                        where outcome = 'PARKED' and (source, id) in (select * from unnest(?::text[], ?::text[]))
                        """)
                .params(sources(events), ids(events))
                .query((row, number) -> new EventIdentity(row.getString(1), row.getString(2)))
                .list());
    }

    /** Cases of which a timer of a phase is due and has not fired; the watch over their clocks does not count. */
    Set<String> casesWithDueTimers(Collection<String> cases) {
        return Set.copyOf(jdbc.sql(
                        """
                        select distinct e.business_key_ from act_ru_job j
                          join act_ru_execution e on e.id_ = j.process_instance_id_
                        where e.business_key_ = any(?) and j.duedate_ <= now() at time zone 'UTC' and j.retries_ > 0
                          and j.process_def_key_ not like 'sla-%'
                        """)
                .param(cases.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    Set<Hand> doneByHand(Collection<Hand> hands) {
        Set<String> closed = new HashSet<>(jdbc.sql(
                        "select case_id || ' ' || element_id from step_closing where how = 'HAND' and case_id = any(?)")
                .param(cases(hands))
                .query(String.class)
                .list());
        return hands.stream().filter(hand -> closed.contains(key(hand))).collect(Collectors.toSet());
    }

    /** The open task of each, where there is one. */
    Map<Hand, String> openTasks(Collection<Hand> hands) {
        Map<String, String> open = new HashMap<>();
        jdbc.sql(
                        """
                        select e.business_key_ || ' ' || t.task_def_key_, t.id_ from act_ru_task t
                          join act_ru_execution e on e.id_ = t.proc_inst_id_ where e.business_key_ = any(?)
                        """)
                .param(cases(hands))
                .query(row -> {
                    open.put(row.getString(1), row.getString(2));
                });
        return hands.stream()
                .filter(hand -> open.containsKey(key(hand)))
                .collect(Collectors.toMap(hand -> hand, hand -> open.get(key(hand))));
    }

    /** What still has to happen until nothing more does: nothing once the run has come to rest. */
    List<String> unrest() {
        return jdbc.sql(
                        """
                        select what || ': ' || count from (
                          select 'messages not sent' as what, count(*) from outbox_message where sent_at is null
                          union all
                          select 'timers due', count(*) from act_ru_job
                          where duedate_ <= now() at time zone 'UTC' and retries_ > 0
                          union all
                          select 'thresholds not announced', count(*) from sla_clock where next_nudge_at <= now()) as t
                        where count > 0
                        """)
                .query(String.class)
                .list();
    }

    /** Waits until each of the events has an outcome, whatever is away meanwhile. */
    void awaitOutcomes(List<SyntheticEvent> events) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> missing(Stream.identities(events))
                .isEmpty());
    }

    List<String> rows(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static String[] sources(Collection<EventIdentity> events) {
        return events.stream().map(EventIdentity::source).toArray(String[]::new);
    }

    private static String[] ids(Collection<EventIdentity> events) {
        return events.stream().map(EventIdentity::id).toArray(String[]::new);
    }

    private static String[] cases(Collection<Hand> hands) {
        return hands.stream().map(Hand::caseId).distinct().toArray(String[]::new);
    }

    private static String key(Hand hand) {
        return hand.caseId() + " " + hand.element();
    }

    @Override
    public void close() {
        source.close();
    }
}

package org.tumorboard.flow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ManagementService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fires the timers of a group of cases, each case's in their order and several cases at once. */
final class DueTimers {

    private static final Logger LOG = LoggerFactory.getLogger(DueTimers.class);

    private final JdbcClient jdbc;
    private final ManagementService management;
    private final String group;
    private final AtomicInteger fired = new AtomicInteger();

    /**
     * @param group a pattern of the ids of the cases or of the references of their patients, as in SQL
     */
    DueTimers(JdbcClient jdbc, ManagementService management, String group) {
        this.jdbc = jdbc;
        this.management = management;
        this.group = group;
    }

    private record Due(String caseId, String job) {}

    /** Those that are due by now, and what becomes due by them. */
    void fire(Instant now) {
        for (Map<String, List<String>> due = due(now); !due.isEmpty(); due = due(now)) {
            due.values().parallelStream().forEach(jobs -> jobs.forEach(this::fire));
        }
    }

    /** When the next one of a phase is due; the watches of clocks move nothing. */
    Optional<Instant> next() {
        return jdbc.sql(
                        """
                        select min(j.duedate_) as due from act_ru_job j
                        join act_ru_execution e on e.id_ = j.process_instance_id_
                        join tumor_case c on c.case_id = e.business_key_
                        where (c.case_id like :group or c.patient_ref like :group) and j.process_def_key_ <> 'sla-watch'
                        """)
                .param("group", group)
                .query((row, number) -> Optional.ofNullable(row.getTimestamp("due")))
                .single()
                .map(Timestamp::toInstant);
    }

    int fired() {
        return fired.get();
    }

    /** One that fails is tried again as often as the job executor would, then the engine gives it up. */
    private void fire(String job) {
        try {
            if (management.createJobQuery().jobId(job).count() == 1) {
                management.executeJob(job);
                fired.incrementAndGet();
            }
        } catch (RuntimeException failed) {
            LOG.debug("timer {} failed", job, failed);
        }
    }

    private Map<String, List<String>> due(Instant now) {
        return jdbc
                .sql(
                        """
                        select e.business_key_ as case_id, j.id_ as job from act_ru_job j
                        join act_ru_execution e on e.id_ = j.process_instance_id_
                        join tumor_case c on c.case_id = e.business_key_
                        where (c.case_id like :group or c.patient_ref like :group) and j.duedate_ <= :now and j.retries_ > 0
                        order by j.duedate_
                        """)
                .param("group", group)
                .param("now", Timestamp.from(now))
                .query(Due.class)
                .list()
                .stream()
                .collect(groupingBy(Due::caseId, mapping(Due::job, toList())));
    }
}

package org.tumorboard.pathway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;

/**
 * Finds thresholds that are passed and not on record, since a timer failed, was lost or is late, and puts them on
 * record. A timer is only the nudge; this is what makes sure.
 */
@Component
class SelfCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CaseFiles files;
    private final SlaWatch watch;
    private final ManagementService management;
    private final SlaProperties properties;
    private final SelfCheckResults results;
    private final CatchUp catchUp;
    private final Clock clock;
    private volatile double lastFound = Double.NaN;

    SelfCheck(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            CaseFiles files,
            SlaWatch watch,
            ManagementService management,
            SlaProperties properties,
            SelfCheckResults results,
            CatchUp catchUp,
            Clock clock,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.files = files;
        this.watch = watch;
        this.management = management;
        this.properties = properties;
        this.results = results;
        this.catchUp = catchUp;
        this.clock = clock;
        Gauge.builder("tumorboard.sla.overlooked", this, check -> check.lastFound)
                .description("Cases with a threshold that the last self-check found passed and not on record")
                .register(meters);
    }

    @Scheduled(
            fixedDelayString = "${tumorboard.sla.self-check-every}",
            initialDelayString = "${tumorboard.sla.self-check-every}")
    void tick() {
        lastFound = Double.NaN;
        List<CaseId> found = overlooked();
        mend(!found.isEmpty() && catchUp.isUnderWay() ? List.of() : found);
    }

    void runOnce() {
        mend(overlooked());
    }

    private void mend(List<CaseId> found) {
        lastFound = found.size();
        int unmended = 0;
        for (CaseId caseId : found) {
            try {
                mend(caseId);
            } catch (RuntimeException e) {
                unmended++;
                LOG.error(
                        "case {}: its clocks have a threshold that cannot be announced, tried again: {}",
                        caseId,
                        e.toString());
            }
        }
        results.ran(clock.instant(), found.size(), unmended);
    }

    /** Cases with a threshold that should be on record by now, the oldest first. */
    List<CaseId> overlooked() {
        Instant since = clock.instant().minus(properties.overlookedAfter());
        return jdbc
                .sql(
                        """
                        select case_id from sla_clock where next_nudge_at < :since and changed_at < :since
                        group by case_id order by min(next_nudge_at) limit :limit
                        """)
                .param("since", Timestamp.from(since))
                .param("limit", AT_ONCE)
                .query(String.class)
                .list()
                .stream()
                .map(CaseId::new)
                .toList();
    }

    private void mend(CaseId caseId) {
        LOG.warn("case {}: a threshold was passed and not announced; announced by the self-check", caseId);
        transaction.executeWithoutResult(status -> {
            CaseFile file = files.of(caseId);
            watch.announce(file);
            watch.escalate(file);
        });
        reviveTimer(caseId);
    }

    /** A timer that failed too often fires never again by itself. */
    private void reviveTimer(CaseId caseId) {
        jdbc.sql(
                        """
                        select j.id_ from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
                        where e.business_key_ = :case and j.process_def_key_ = :watch and j.retries_ = 0
                        """)
                .param("case", caseId.value())
                .param("watch", Watches.WATCH)
                .query(String.class)
                .list()
                .forEach(job -> management.setJobRetries(job, 1));
    }
}

package org.tumorboard.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.ExceptionPath;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.Occurrence.Kind;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;

/** The exception paths that cases took, as their ledgers stand; and what departments corrected or took back. */
@Component
final class PathsTaken {

    /** What was corrected is counted from the corrections themselves, whether a model looks at them or not. */
    private static final Set<ExceptionPath> PATHS = EnumSet.complementOf(EnumSet.of(ExceptionPath.X_23));

    private static final List<String> MILESTONES =
            PATHS.stream().map(ExceptionPath::milestone).toList();

    private final JdbcClient jdbc;
    private final Milestones milestones;
    private final DecidedRuns cases;

    PathsTaken(JdbcClient jdbc, Milestones milestones, DecidedRuns cases) {
        this.jdbc = jdbc;
        this.milestones = milestones;
        this.cases = cases;
    }

    List<Occurrence> between(Instant from, Instant to, @Nullable Urgency urgency) {
        Map<CaseId, List<Milestone>> ledgers = milestones.reaching(MILESTONES, from, to, List.of(), urgency);
        Map<CaseId, String> patients = cases.patients(ledgers.keySet());
        List<Occurrence> taken = new ArrayList<>(corrections(from, to, urgency));
        ledgers.forEach((caseId, recorded) -> {
            Ledger ledger = Ledger.of(recorded);
            for (ExceptionPath path : PATHS) {
                ledger.named(path.milestone()).stream()
                        .filter(entry ->
                                !entry.at().isBefore(from) && entry.at().isBefore(to))
                        .map(entry -> occurrence(caseId, patients.getOrDefault(caseId, ""), path, entry))
                        .forEach(taken::add);
            }
        });
        return taken;
    }

    private static Occurrence occurrence(CaseId caseId, String patient, ExceptionPath path, Ledger.Entry entry) {
        return new Occurrence(
                caseId,
                patient,
                Kind.EXCEPTIONS,
                path.code(),
                null,
                entry.at(),
                entry.key().source(),
                entry.key().eventId());
    }

    private List<Occurrence> corrections(Instant from, Instant to, @Nullable Urgency urgency) {
        return jdbc.sql(
                        """
                        select e.case_id, c.patient_ref, e.data ->> 'reason' as reason, e.clinical_at, e.source, e.id
                        from inbox_event e join tumor_case c using (case_id)
                        where e.amends_id is not null and e.outcome = 'APPLIED'
                          and e.clinical_at >= :from and e.clinical_at < :to
                          and (cast(:urgency as text) is null or c.urgency = :urgency)
                        """)
                .param("from", DecidedRuns.utc(from))
                .param("to", DecidedRuns.utc(to))
                .param("urgency", urgency == null ? null : urgency.name())
                .query((row, number) -> new Occurrence(
                        new CaseId(row.getString("case_id")),
                        row.getString("patient_ref"),
                        Kind.EXCEPTIONS,
                        ExceptionPath.X_23.code(),
                        row.getString("reason"),
                        row.getTimestamp("clinical_at").toInstant(),
                        row.getString("source"),
                        row.getString("id")))
                .list();
    }
}

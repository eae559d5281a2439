package org.tumorboard.report;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.Occurrence.Kind;
import org.tumorboard.report.Said.Statement;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;

/** The results that boards reviewed, by the histology that was said last, and which of their cases came back since. */
@Component
final class ReviewedResults {

    private static final String REVIEWED = "result-reviewed";
    private static final String NECROSIS_ONLY = "necrosis-only";

    private final JdbcClient jdbc;
    private final Milestones milestones;
    private final Said said;
    private final DecidedRuns cases;

    ReviewedResults(JdbcClient jdbc, Milestones milestones, Said said, DecidedRuns cases) {
        this.jdbc = jdbc;
        this.milestones = milestones;
        this.said = said;
        this.cases = cases;
    }

    private record Histology(Instant at, String outcome) {}

    /** Results of which the first review lies in the period; with those whose case came back, under a kind of their own. */
    List<Occurrence> between(Instant from, Instant to, @Nullable Urgency urgency) {
        Map<CaseId, List<Milestone>> reviewed =
                milestones.reaching(List.of(REVIEWED, NECROSIS_ONLY), from, to, List.of(), urgency);
        Map<CaseId, List<Statement>> reports = said.of(reviewed.keySet()).stream()
                .filter(statement -> statement.type().startsWith("pathology."))
                .collect(groupingBy(Statement::caseId));
        Map<CaseId, String> patients = cases.patients(reviewed.keySet());
        Set<CaseId> cameBack = cameBack(reviewed.keySet());
        List<Occurrence> results = new ArrayList<>();
        reviewed.forEach((caseId, recorded) -> {
            Ledger ledger = Ledger.of(recorded);
            ledger.named(REVIEWED).stream()
                    .findFirst()
                    .filter(first -> !first.at().isBefore(from) && first.at().isBefore(to))
                    .ifPresent(first -> {
                        String outcome = outcome(ledger, reports.getOrDefault(caseId, List.of()));
                        String patient = patients.getOrDefault(caseId, "");
                        results.add(result(Kind.RESULTS, caseId, patient, outcome, first));
                        if (cameBack.contains(caseId)) {
                            results.add(result(Kind.RE_ENTRIES, caseId, patient, outcome, first));
                        }
                    });
        });
        return results;
    }

    /** What was said last; the ledger knows of necrosis also where a board alone said so. */
    private static String outcome(Ledger ledger, List<Statement> reports) {
        List<Histology> known = new ArrayList<>();
        reports.stream()
                .filter(report -> !report.text("outcome").isEmpty())
                .forEach(report -> known.add(new Histology(report.at(), report.text("outcome"))));
        ledger.latest(NECROSIS_ONLY).ifPresent(at -> known.add(new Histology(at, ResultFigures.NECROSIS_ONLY)));
        return known.stream()
                .max(Comparator.comparing(Histology::at))
                .map(Histology::outcome)
                .orElse(ResultFigures.UNKNOWN);
    }

    private static Occurrence result(Kind kind, CaseId caseId, String patient, String outcome, Ledger.Entry reviewed) {
        return new Occurrence(
                caseId,
                patient,
                kind,
                outcome,
                null,
                reviewed.at(),
                reviewed.key().source(),
                reviewed.key().eventId());
    }

    private Set<CaseId> cameBack(Set<CaseId> reviewed) {
        return new HashSet<>(
                jdbc.sql("select case_id from tumor_case where status = 'RE_ENTERED' and case_id = any(:cases)")
                        .param("cases", reviewed.stream().map(CaseId::value).toArray(String[]::new))
                        .query((row, number) -> new CaseId(row.getString("case_id")))
                        .list());
    }
}

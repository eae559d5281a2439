package org.tumorboard.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.Occurrence.Kind;
import org.tumorboard.report.Said.Statement;

/** Everything off the main path that is counted, from one reading: the figures and the lists behind them. */
@Component
public final class Occurrences {

    private static final String MORE_WORKUP = "MORE_WORKUP";
    private static final String NO_CAUSE_GIVEN = "NO_CAUSE_GIVEN";

    private final PathsTaken paths;
    private final LostBookings bookings;
    private final RedGates gates;
    private final ReviewedResults results;
    private final Said said;
    private final JdbcClient jdbc;

    Occurrences(
            PathsTaken paths,
            LostBookings bookings,
            RedGates gates,
            ReviewedResults results,
            Said said,
            JdbcClient jdbc) {
        this.paths = paths;
        this.bookings = bookings;
        this.gates = gates;
        this.results = results;
        this.said = said;
        this.jdbc = jdbc;
    }

    /** The figures of a period; department and clock of the filter do not narrow them. */
    public OffPathFigures figures(RunFilter filter) {
        RunFilter before = filter.previous();
        return OffPathFigures.of(
                between(filter.from(), filter.to(), filter.urgency()),
                between(before.from(), before.to(), before.urgency()),
                openCases(filter));
    }

    /** The occurrences behind a number, the last first. */
    public List<Occurrence> list(RunFilter filter, Kind kind, @Nullable String name) {
        return between(filter.from(), filter.to(), filter.urgency()).stream()
                .filter(one -> one.kind() == kind && (name == null || name.equals(one.name())))
                .sorted(Comparator.comparing(Occurrence::at)
                        .reversed()
                        .thenComparing(one -> one.caseId().value())
                        .thenComparing(Occurrence::eventId))
                .toList();
    }

    private List<Occurrence> between(Instant from, Instant to, @Nullable Urgency urgency) {
        List<Occurrence> all = new ArrayList<>(paths.between(from, to, urgency));
        all.addAll(bookings.between(from, to, urgency));
        all.addAll(gates.between(from, to, urgency));
        all.addAll(results.between(from, to, urgency));
        said.between(from, to, urgency).stream()
                .flatMap(statement -> counted(statement).stream())
                .forEach(all::add);
        return all;
    }

    /** How a statement counts; some are only of use to others. */
    private static Optional<Occurrence> counted(Statement statement) {
        String reason = statement.text("reason");
        return switch (statement.type()) {
            case Said.PLAN_QA_FAILED -> Optional.of(occurrence(statement, Kind.PLAN_FAILURES, "PLAN_QA", reason));
            case Said.SECOND_CHECK_FAILED -> Optional.of(
                    occurrence(statement, Kind.PLAN_FAILURES, "SECOND_CHECK", reason));
            case Said.CASE_DISCUSSED -> statement.text("result").equals("DEFERRED")
                    ? Optional.of(
                            occurrence(statement, Kind.DEFERRALS, reason.isEmpty() ? NO_CAUSE_GIVEN : reason, reason))
                    : Optional.empty();
            case Said.DECISION_SIGNED -> statement.text("recommendation").equals(MORE_WORKUP)
                    ? Optional.of(occurrence(statement, Kind.DEFERRALS, MORE_WORKUP, reason))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Occurrence occurrence(Statement statement, Kind kind, String name, String reason) {
        return new Occurrence(
                statement.caseId(),
                statement.patientRef(),
                kind,
                name,
                reason.isEmpty() ? null : reason,
                statement.at(),
                statement.source(),
                statement.id());
    }

    /** Cases that were open at any time of the period. */
    private int openCases(RunFilter filter) {
        return jdbc.sql(
                        """
                        select count(*) from tumor_case
                        where opened_at < :to and (closed_at is null or closed_at >= :from)
                          and (cast(:urgency as text) is null or urgency = :urgency)
                        """)
                .param("from", DecidedRuns.utc(filter.from()))
                .param("to", DecidedRuns.utc(filter.to()))
                .param(
                        "urgency",
                        filter.urgency() == null ? null : filter.urgency().name())
                .query(Integer.class)
                .single();
    }
}

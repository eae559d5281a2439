package org.tumorboard.report;

import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.report.Occurrence.Kind;

/**
 * What the reviewed results of a period were, and how many of their cases came back since. Necrosis only is no recurrence
 * of the tumour: it has a row of its own and is left out of the share of those that came back.
 *
 * @param rows by histology, the most frequent first
 * @param recurrence of all results but those with necrosis only
 */
public record ResultFigures(List<Row> rows, Row recurrence) {

    static final String NECROSIS_ONLY = "NECROSIS_ONLY";

    /** No histology is on record, e.g. because nothing was resected. */
    static final String UNKNOWN = "NOT_KNOWN";

    private static final String ALL_BUT_NECROSIS = "ALL_BUT_NECROSIS_ONLY";

    /**
     * @param outcome of histology
     * @param reviewed results
     * @param reEntered of these, whose case came back as another one since
     * @param share of these, from 0 to 1; null without results, and for necrosis only, which is not counted as recurrence
     * @param low of the 95 % interval
     * @param high of the 95 % interval
     */
    public record Row(
            String outcome,
            int reviewed,
            int reEntered,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high) {

        static Row of(String outcome, int reviewed, int reEntered) {
            Interval interval = outcome.equals(NECROSIS_ONLY) ? null : Interval.wilson(reEntered, reviewed);
            return interval == null
                    ? new Row(outcome, reviewed, reEntered, null, null, null)
                    : new Row(
                            outcome,
                            reviewed,
                            reEntered,
                            (double) reEntered / reviewed,
                            interval.low(),
                            interval.high());
        }
    }

    static ResultFigures of(List<Occurrence> occurrences) {
        Map<String, List<Occurrence>> results = named(occurrences, Kind.RESULTS);
        Map<String, List<Occurrence>> reEntries = named(occurrences, Kind.RE_ENTRIES);
        List<Row> rows = results.keySet().stream()
                .map(outcome -> Row.of(
                        outcome,
                        results.get(outcome).size(),
                        reEntries.getOrDefault(outcome, List.of()).size()))
                .sorted(Comparator.comparing(Row::reviewed).reversed().thenComparing(Row::outcome))
                .toList();
        List<Row> tumour = rows.stream()
                .filter(row -> !row.outcome().equals(NECROSIS_ONLY))
                .toList();
        return new ResultFigures(
                rows,
                Row.of(
                        ALL_BUT_NECROSIS,
                        tumour.stream().mapToInt(Row::reviewed).sum(),
                        tumour.stream().mapToInt(Row::reEntered).sum()));
    }

    private static Map<String, List<Occurrence>> named(List<Occurrence> occurrences, Kind kind) {
        return occurrences.stream().filter(one -> one.kind() == kind).collect(groupingBy(Occurrence::name));
    }

    /** Results with necrosis only. */
    public int necrosisOnly() {
        return rows.stream()
                .filter(row -> row.outcome().equals(NECROSIS_ONLY))
                .mapToInt(Row::reviewed)
                .sum();
    }
}

package org.tumorboard.report;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tumorboard.report.Occurrence.Kind;

/**
 * What happened off the main path in a period, beside the period before.
 *
 * @param tallies of each kind
 * @param openCases cases that were open at any time of the period
 * @param offPathCases cases that took an exception path in it
 */
public record OffPathFigures(Map<Kind, List<Tally>> tallies, ResultFigures results, int openCases, int offPathCases) {

    static OffPathFigures of(List<Occurrence> current, List<Occurrence> previous, int openCases) {
        return new OffPathFigures(
                Arrays.stream(Kind.values())
                        .collect(toMap(kind -> kind, kind -> Tally.of(of(kind, current), of(kind, previous)))),
                ResultFigures.of(current),
                openCases,
                Tally.cases(of(Kind.EXCEPTIONS, current)));
    }

    private static List<Occurrence> of(Kind kind, List<Occurrence> occurrences) {
        return occurrences.stream().filter(one -> one.kind() == kind).toList();
    }

    public List<Tally> of(Kind kind) {
        return tallies.getOrDefault(kind, List.of());
    }
}

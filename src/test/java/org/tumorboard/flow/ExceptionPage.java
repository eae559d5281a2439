package org.tumorboard.flow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tumorboard.models.Models;

/** The table of exceptions as a page for people. */
final class ExceptionPage {

    private static final String HEAD =
            """
            # Exception paths

            What happens when something else happens, in each phase of the main path. The page is written from
            `src/test/resources/exception-matrix.csv`; `ExceptionMatrixTest` holds every cell of it against the engine, each
            trigger also reported twice and, in one of the phases, reported 30 h late. An empty cell is not decided.

            | sign | meaning |
            |---|---|
            | ● | applied: the case takes it |
            | ○ | parked: kept until a step waits for it |
            | ✓ | already done: what it says is on record, or the case has ended |
            | ✗ | refused |
            | – | cannot happen there; said all the same, it moves nothing |

            """;

    private static final Map<String, String> SIGNS =
            Map.of("APPLIED", "●", "PARKED", "○", "ALREADY_DONE", "✓", "REFUSED", "✗");

    private final ExceptionMatrix matrix;
    private final Map<String, String> names = new HashMap<>();

    ExceptionPage(ExceptionMatrix matrix) {
        this.matrix = matrix;
        Models.all().values().forEach(model -> Models.nodes(model)
                .forEach(node -> names.put(node.getId(), node.getName())));
    }

    String text() {
        StringBuilder page = new StringBuilder(HEAD).append("## Overview\n\n");
        page.append(line(Stream.concat(
                Stream.of("path", "trigger"), Arrays.stream(Phase.values()).map(Phase::title))));
        page.append(line(Stream.generate(() -> "---").limit(Phase.values().length + 2)));
        matrix.rows()
                .forEach(row -> page.append(line(Stream.concat(
                        Stream.of(row.path(), "`" + row.name() + "`"),
                        row.cells().values().stream().map(this::sign)))));
        matrix.rows().stream()
                .collect(groupingBy(ExceptionMatrix.Row::path, LinkedHashMap::new, Collectors.toList()))
                .forEach((path, rows) -> {
                    page.append("\n## ").append(path).append('\n');
                    rows.forEach(row -> page.append(details(row)));
                });
        return page.toString();
    }

    private String sign(ExceptionMatrix.Cell cell) {
        return !cell.isFilled() ? "" : cell.isImpossible() ? "–" : SIGNS.get(cell.outcome());
    }

    private String details(ExceptionMatrix.Row row) {
        StringBuilder text = new StringBuilder("\n### `" + row.name() + "`\n\n");
        List<String> taken = new ArrayList<>();
        Map<String, List<String>> impossible = new LinkedHashMap<>();
        row.cells().forEach((phase, cell) -> {
            if (cell.isImpossible()) {
                impossible
                        .computeIfAbsent(cell.text().substring(2).trim(), why -> new ArrayList<>())
                        .add(phase.title());
            } else if (cell.isFilled()) {
                taken.add(line(Stream.of(
                        phase.title(),
                        cell.outcome(),
                        cell.status(),
                        cell.opens().stream()
                                .map(step -> names.getOrDefault(step, step))
                                .collect(joining(", ")))));
            }
        });
        if (!taken.isEmpty()) {
            text.append("| phase | outcome | status | steps that open |\n|---|---|---|---|\n");
            taken.forEach(text::append);
        }
        if (!taken.isEmpty() && !impossible.isEmpty()) {
            text.append('\n');
        }
        impossible.forEach((why, phases) -> text.append("- ")
                .append(String.join(", ", phases))
                .append(": ")
                .append(why)
                .append('\n'));
        return text.toString();
    }

    private static String line(Stream<String> cells) {
        return cells.collect(joining(" | ", "| ", " |\n"));
    }
}

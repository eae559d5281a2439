package org.tumorboard.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.EventType;

/**
 * The table of exceptions: for each trigger and each phase what becomes of the event, the case's status afterwards and
 * the steps that open. {@code –: why} says that it cannot clinically happen there: said all the same, it moves nothing.
 */
record ExceptionMatrix(List<Row> rows) {

    private static final Path FILE = Path.of("src/test/resources/exception-matrix.csv");

    /**
     * @param path the exception path, e.g. {@code X-09}
     * @param facts what the event says in particular
     */
    record Row(String path, EventType event, Map<String, String> facts, Map<Phase, Cell> cells) {

        String name() {
            return Stream.concat(
                            Stream.of(event.shortName()),
                            facts.entrySet().stream().map(fact -> fact.getKey() + "=" + fact.getValue()))
                    .collect(Collectors.joining(" "));
        }

        boolean mayOccur(CaseStatus status) {
            return Phase.of(status).stream().anyMatch(phase -> !cells.get(phase).isImpossible());
        }

        /** The phases in which it moves the case. */
        List<Phase> moving() {
            return Arrays.stream(Phase.values())
                    .filter(phase ->
                            cells.get(phase).isFilled() && !cells.get(phase).movesNothing())
                    .toList();
        }

        boolean ends(CaseStatus status) {
            return Phase.of(status).stream().anyMatch(phase -> cells.get(phase).closes());
        }
    }

    /** {@code APPLIED WINDOW_OPEN Task_StartAgain}, {@code –: why not}, or empty: not decided. */
    record Cell(String text) {

        boolean isFilled() {
            return !text.isEmpty();
        }

        boolean isImpossible() {
            return text.startsWith("–");
        }

        /** Whether the case stays as it is. */
        boolean movesNothing() {
            return isFilled() && (isImpossible() || !outcome().equals("APPLIED"));
        }

        String outcome() {
            return words()[0];
        }

        String status() {
            return words()[1];
        }

        /** The steps that open. */
        Set<String> opens() {
            return Arrays.stream(words()).skip(2).collect(Collectors.toCollection(TreeSet::new));
        }

        /** With the steps in the order of their ids. */
        String normal() {
            return "%s %s %s"
                    .formatted(outcome(), status(), String.join(" ", opens()))
                    .trim();
        }

        boolean closes() {
            return isFilled() && !isImpossible() && CaseStatus.valueOf(status()).isClosed();
        }

        private String[] words() {
            return text.split(" ");
        }
    }

    static ExceptionMatrix read() {
        try {
            List<String> lines = Files.readAllLines(FILE);
            List<String> head = cells(lines.get(0));
            return new ExceptionMatrix(
                    lines.stream().skip(1).map(line -> row(head, cells(line))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(List<String> head, List<String> line) {
        Map<String, String> facts = new LinkedHashMap<>();
        Arrays.stream(line.get(2).split(" "))
                .filter(fact -> !fact.isEmpty())
                .map(fact -> fact.split("=", 2))
                .forEach(fact -> facts.put(fact[0], fact[1]));
        Map<Phase, Cell> cells = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            int column = head.indexOf(phase.title());
            cells.put(phase, new Cell(column < line.size() ? line.get(column) : ""));
        }
        return new Row(line.get(0), EventType.ofShortName(line.get(1)).orElseThrow(), facts, cells);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::trim).toList();
    }

    /** The cells that nobody has filled in yet. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        for (Row row : rows) {
            row.cells().forEach((phase, cell) -> {
                if (!cell.isFilled()) {
                    open.add("%s %s: %s".formatted(row.path(), row.name(), phase.title()));
                }
            });
        }
        return open;
    }
}

package org.tumorboard.sla;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From one start of a clock to what stopped or ended it.
 *
 * @param start the entry that started it: its identity
 * @param from when it counts from
 * @param since from when on what is done or decided belongs to it: its start, or the stop before a due date
 * @param stop what met it
 * @param endedAt when it ended without being met
 */
record Span(Ledger.Entry start, Instant from, Instant since, Ledger.@Nullable Entry stop, @Nullable Instant endedAt) {

    /** The spans of a clock, by start. */
    static List<Span> of(ClockPolicy shape, Ledger ledger) {
        List<Span> spans =
                switch (shape.mode()) {
                    case EACH, STRICT -> each(starts(shape, ledger), ledger.named(shape.to()), shape.mode());
                    case AGAIN -> again(starts(shape, ledger), ledger.named(shape.to()), until(shape, ledger));
                    case DUE -> due(starts(shape, ledger), ledger.named(shape.to()));
                };
        Instant closedAt = ledger.latest(Ledger.CASE_CLOSED).orElse(null);
        Instant untilAt = until(shape, ledger);
        return spans.stream()
                .map(span -> span.endingAt(untilAt).endingAt(closedAt))
                .toList();
    }

    /** One for each entry of the first milestones, as soon as the others are there too. */
    private static List<Span> starts(ClockPolicy shape, Ledger ledger) {
        List<Span> starts = new ArrayList<>();
        for (Ledger.Entry entry : ledger.named(shape.from().get(0))) {
            Instant from = entry.at();
            for (List<String> others : shape.from().subList(1, shape.from().size())) {
                if (ledger.named(others).isEmpty()) {
                    return List.of();
                }
                Instant at = ledger.named(others).get(0).at();
                from = at.isAfter(from) ? at : from;
            }
            starts.add(new Span(entry, from, from, null, null));
        }
        return starts;
    }

    private static List<Span> each(List<Span> starts, List<Ledger.Entry> stops, ClockPolicy.Mode mode) {
        List<Span> spans = new ArrayList<>();
        List<Ledger.Entry> unused = new ArrayList<>(stops);
        for (int i = 0; i < starts.size(); i++) {
            Span span = starts.get(i);
            Instant next = i + 1 < starts.size() ? starts.get(i + 1).from() : null;
            Optional<Ledger.Entry> stop = unused.stream()
                    .filter(entry -> !entry.at().isBefore(span.from())
                            && (next == null || entry.at().isBefore(next)))
                    .findFirst();
            if (stop.isEmpty() && mode == ClockPolicy.Mode.EACH) {
                stop = unused.stream()
                        .filter(entry -> entry.at().isBefore(span.from()))
                        .max(Comparator.comparing(Ledger.Entry::at));
            }
            stop.ifPresent(entry -> unused.removeIf(other -> !other.at().isAfter(entry.at())));
            spans.add(span.with(stop.orElse(null), stop.isEmpty() ? next : null));
        }
        return spans;
    }

    private static List<Span> again(List<Span> starts, List<Ledger.Entry> stops, @Nullable Instant until) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            Instant next = i + 1 < starts.size() ? starts.get(i + 1).from() : null;
            Span span = starts.get(i);
            for (Ledger.Entry stop : stops) {
                boolean isOver = next != null && !stop.at().isBefore(next)
                        || until != null && stop.at().isAfter(until);
                if (!isOver && stop.at().isAfter(span.from())) {
                    spans.add(span.with(stop, null));
                    span = new Span(stop, stop.at(), stop.at(), null, null);
                }
            }
            spans.add(span.with(null, next));
        }
        return spans;
    }

    private static List<Span> due(List<Span> starts, List<Ledger.Entry> stops) {
        List<Span> spans = new ArrayList<>();
        Instant since = Instant.MIN;
        for (int i = 0; i < starts.size(); i++) {
            Span start = starts.get(i);
            Ledger.Entry stop = i < stops.size() ? stops.get(i) : null;
            spans.add(new Span(start.start(), start.from(), since, stop, null));
            since = stop == null ? start.from() : stop.at();
        }
        return spans;
    }

    /** The first instant of any milestone that ends the clock. */
    private static @Nullable Instant until(ClockPolicy shape, Ledger ledger) {
        return shape.until().stream()
                .flatMap(name -> ledger.named(name).stream())
                .map(Ledger.Entry::at)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Span with(Ledger.@Nullable Entry newStop, @Nullable Instant newEnd) {
        return new Span(start, from, since, newStop, newEnd);
    }

    private Span endingAt(@Nullable Instant end) {
        return stop != null || end == null || endedAt != null && endedAt.isBefore(end) ? this : with(null, end);
    }

    /** When it is over: stopped or ended; null while it is open. */
    @Nullable
    Instant over() {
        return stop == null ? endedAt : stop.at();
    }
}

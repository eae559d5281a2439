package org.tumorboard.web;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.tumorboard.event.Groups;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.ClockStatistics;
import org.tumorboard.report.DecidedRun;
import org.tumorboard.report.Occurrence;
import org.tumorboard.report.Occurrence.Kind;
import org.tumorboard.report.Occurrences;
import org.tumorboard.report.RunFilter;
import org.tumorboard.report.RunSelection;
import org.tumorboard.report.WayRow;

/** Reads what is asked of the statistics, and refuses with a sentence that names the parameter. */
@Component
final class StatisticsQuestions {

    /** The periods that the pages offer. */
    static final Map<String, Duration> PERIODS = new LinkedHashMap<>();

    private static final String USUAL = "30d";
    private static final int LONGEST_HOURS = 100_000;

    static {
        List.of(7, 30, 90, 365).forEach(days -> PERIODS.put(days + "d", Duration.ofDays(days)));
    }

    private final ClockStatistics statistics;
    private final Occurrences occurrences;
    private final Clock clock;

    StatisticsQuestions(ClockStatistics statistics, Occurrences occurrences, Clock clock) {
        this.statistics = statistics;
        this.occurrences = occurrences;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** The name of the period that is asked for, the usual one if none is. */
    String period(RunsAsked asked) {
        String period = text(asked.period());
        if (period != null && !PERIODS.containsKey(period)) {
            throw refused("period", String.join(", ", PERIODS.keySet()), period);
        }
        return period == null ? USUAL : period;
    }

    RunFilter filter(RunsAsked asked, Instant now) {
        Instant to = instant("to", asked.to());
        Instant from = instant("from", asked.from());
        Instant end = to == null ? now : to;
        Instant start = from == null ? end.minus(PERIODS.get(period(asked))) : from;
        if (!start.isBefore(end)) {
            throw refused("from", "an instant before the end of the period, " + end, start.toString());
        }
        return new RunFilter(
                start,
                end,
                group(asked.department()),
                value("urgency", Urgency.class, asked.urgency()),
                text(asked.clock()));
    }

    RunSelection selection(RunsAsked asked) {
        return new RunSelection(
                value("verdict", DecidedRun.Verdict.class, asked.verdict()),
                number("hour", asked.hour(), 23),
                value("weekday", DayOfWeek.class, asked.weekday()),
                number("fromHours", asked.fromHours(), LONGEST_HOURS),
                number("toHours", asked.toHours(), LONGEST_HOURS),
                value("protocol", RunSelection.Protocol.class, asked.protocol()));
    }

    /** The piece of a list, or the whole. */
    <T> Page<T> piece(RunsAsked asked, List<T> all) {
        if ("all".equals(asked.page())) {
            return new Page<>(all, 1, 1, all.size());
        }
        Integer page = number("page", asked.page(), Integer.MAX_VALUE);
        return Page.of(
                page == null ? 1 : page,
                all.size(),
                offset -> all.subList((int) offset, (int) Math.min(offset + Page.SIZE, all.size())));
    }

    /** The cases behind a leg or a hand-over. */
    List<WayRow> ways(RunsAsked asked, Instant now) {
        String start = String.valueOf(text(asked.start()));
        String end = String.valueOf(text(asked.end()));
        if (!statistics.isWay(start, end)) {
            throw refused("start and end", "two milestones on the way from detection to incision", start + " … " + end);
        }
        return statistics.cases(filter(asked, now), start, end, truth("late", asked.late()), now);
    }

    /** What happened off the main path, behind a number. */
    List<Occurrence> occurrences(RunsAsked asked, Instant now) {
        String kind = String.valueOf(text(asked.kind()));
        Kind known = Arrays.stream(Kind.values())
                .filter(one -> one.slug().equals(kind))
                .findFirst()
                .orElseThrow(() -> refused(
                        "kind",
                        "one of " + Arrays.stream(Kind.values()).map(Kind::slug).collect(joining(", ")),
                        kind));
        return occurrences.list(filter(asked, now), known, text(asked.name()));
    }

    private static @Nullable Boolean truth(String name, @Nullable String given) {
        String text = text(given);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw refused(name, "true or false", text);
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    private @Nullable Instant instant(String name, @Nullable String given) {
        String text = text(given);
        if (text == null) {
            return null;
        }
        try {
            return StorableTime.checked(
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text)
                                    .atStartOfDay(statistics.zone())
                                    .toInstant());
        } catch (DateTimeException e) {
            throw refused(name, "a date such as 2026-03-31 or an instant such as 2026-03-31T08:00:00Z", text);
        }
    }

    private static @Nullable String group(@Nullable String given) {
        String group = text(given);
        if (group != null && !Groups.all().contains(group)) {
            throw refused("department", "one of " + String.join(", ", Groups.all()), group);
        }
        return group;
    }

    private static <E extends Enum<E>> @Nullable E value(String name, Class<E> type, @Nullable String given) {
        String text = text(given);
        if (text == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refused(name, "one of " + Arrays.toString(type.getEnumConstants()), text));
    }

    private static @Nullable Integer number(String name, @Nullable String given, int most) {
        String text = text(given);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
            throw refused(name, "a number from 0 to " + most, text);
        }
        return Integer.valueOf(text);
    }

    private static @Nullable String text(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.strip();
    }

    private static ResponseStatusException refused(String name, String expected, String got) {
        String shown = got.length() > 80 ? got.substring(0, 80) + "…" : got;
        return new ResponseStatusException(
                HttpStatus.BAD_REQUEST, "%s: expected %s, but got '%s'".formatted(name, expected, shown));
    }
}

package org.tumorboard.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.report.ClockStatistics;

/** How pages say numbers to people. Templates call it as {@code @figures}; what does not exist is a dash. */
@Component
final class Figures {

    private static final String NONE = "–";
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    private final ZoneId zone;

    Figures(ClockStatistics statistics) {
        this.zone = statistics.zone();
    }

    /** A share from 0 to 1 as per cent. */
    public String share(@Nullable Double share) {
        return share == null ? NONE : number(share * 100) + "\u00a0%";
    }

    public String interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? NONE : number(low * 100) + "–" + number(high * 100) + "\u00a0%";
    }

    /** The change between two shares, in percentage points. */
    public String change(@Nullable Double share, @Nullable Double previous) {
        if (share == null || previous == null) {
            return NONE;
        }
        double points = Math.round((share - previous) * 1000) / 10.0;
        return points == 0 ? "± 0" : (points > 0 ? "+" : "−") + number(Math.abs(points));
    }

    /** Seconds in the unit that people would use. */
    public String duration(@Nullable Long seconds) {
        if (seconds == null) {
            return NONE;
        }
        long size = Math.abs(seconds);
        String sign = seconds < 0 ? "−" : "";
        if (size < HOUR) {
            return sign + Math.round(size / 60.0) + "\u00a0min";
        }
        return size < 4 * DAY
                ? sign + number((double) size / HOUR) + "\u00a0h"
                : sign + number((double) size / DAY) + "\u00a0d";
    }

    public String difference(@Nullable Long seconds) {
        return (seconds != null && seconds > 0 ? "+" : "") + duration(seconds);
    }

    /** Where on a bar of full length a share ends, as SVG wants it. */
    public String width(@Nullable Double share) {
        return svg(share == null ? 0 : share * 100) + "%";
    }

    public String width(int part, int whole) {
        return width(whole == 0 ? 0.0 : (double) part / whole);
    }

    /** Between two shares. */
    public String between(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? "0%" : width(high - low);
    }

    public String day(LocalDate date) {
        return SHORT_DAY.format(date);
    }

    /** In the zone in which the statistics are told. */
    public String moment(Instant at) {
        return DAY_AND_TIME.format(at.atZone(zone));
    }

    public String zone() {
        return zone.getId();
    }

    /** One decimal, none where it is zero. */
    public String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static String svg(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}

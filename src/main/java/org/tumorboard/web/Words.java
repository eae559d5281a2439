package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How pages say code names, times and sources to people. Templates call it as {@code @words}. */
@Component
final class Words {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Duration PROMPT = Duration.ofMinutes(5);

    /** {@code srs-delivered} and {@code SRS_DELIVERED} become “SRS delivered”. */
    public String plain(Object name) {
        String words =
                name.toString().toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
        words = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return words.replaceAll("(?i)\\bsrs\\b", "SRS").replaceAll("(?i)\\bqa\\b", "QA");
    }

    /** The kind of an event without its department. */
    public String event(String type) {
        return plain(type.substring(type.indexOf('.') + 1));
    }

    public String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** Who said so: a person in Tasklist, or a department's system. */
    public String who(String source) {
        return source.startsWith("user:") ? source.substring("user:".length()) + ", by hand" : source;
    }

    /** {@code 30 h 0 min}; from three days on {@code 4 d 2 h}. The script of the pages says the same. */
    public String duration(Duration duration) {
        Duration length = duration.abs();
        if (length.toMinutes() < 1) {
            return "less than 1 min";
        }
        if (length.toHours() < 1) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < 72
                ? "%d h %d min".formatted(length.toHours(), length.toMinutesPart())
                : "%d d %d h".formatted(length.toDays(), length.toHoursPart());
    }

    /** How long it is from one instant to the other, whichever comes first. */
    public String between(Instant one, Instant other) {
        return duration(Duration.between(one, other));
    }

    /** How long after it happened the engine learned of it; empty if promptly. */
    public String delay(Instant at, Instant recordedAt) {
        Duration delay = Duration.between(at, recordedAt);
        if (delay.compareTo(PROMPT) < 0) {
            return "";
        }
        if (delay.toHours() < 1) {
            return delay.toMinutes() + " min later";
        }
        return delay.toHours() < 48 ? delay.toHours() + " h later" : delay.toDays() + " days later";
    }
}

package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.ExceptionPath;
import org.tumorboard.event.LinearPattern;
import org.tumorboard.outbox.Told;

/** How pages say code names, times and sources to people. Templates call it as {@code @words}. */
@Component
final class Words {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC_TO_THE_SECOND =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Pattern NAMES =
            Pattern.compile("\\b(srs|sla|qa|icu|mri|gcs|kps|asa|gy|or slot|gamma knife)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WIRE = Pattern.compile("^org\\.tumorboard\\.([^.]+\\.[^.]+)\\.v\\d+$");
    private static final LinearPattern CODE = LinearPattern.of("[A-Z]{3,}|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");
    private static final Duration PROMPT = Duration.ofMinutes(5);

    /** {@code srs-delivered} and {@code SRS_DELIVERED} become “SRS delivered”. */
    public String plain(Object name) {
        String words =
                name.toString().toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
        words = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return NAMES.matcher(words).replaceAll(found -> switch (found.group().toLowerCase(Locale.ROOT)) {
            case "gamma knife" -> "Gamma Knife";
            case "gy" -> "Gy";
            case "or slot" -> "OR slot";
            default -> found.group().toUpperCase(Locale.ROOT);
        });
    }

    /** What a milestone is called; the beginning of an exception path by its title. */
    public String milestone(String name) {
        return ExceptionPath.ofMilestone(name).map(ExceptionPath::toString).orElseGet(() -> plain(name));
    }

    /** What is counted off the main path, as its table calls it. */
    public String counted(String kind, String name) {
        return kind.equals("exceptions")
                ? ExceptionPath.ofCode(name).map(ExceptionPath::toString).orElse(name)
                : plain(name);
    }

    /** The instant that a value is, if it is one. */
    public @Nullable Instant instant(String value) {
        return value.matches("\\d{4}-\\d\\d-\\d\\dT.*")
                ? OffsetDateTime.parse(value).toInstant()
                : null;
    }

    /** A value that an event or a form gave: codes as words, the rest as it is. */
    public String value(String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true") ? "yes" : "no";
        }
        return CODE.matches(value) ? plain(value) : value;
    }

    /** {@code gkSlotStartAt} becomes “Gk slot start at”. */
    public String field(String name) {
        return plain(name.replaceAll("([a-z0-9])([A-Z])", "$1 $2"));
    }

    /** What a department was told, and about what: “Work requested: triage”. */
    public String notification(Told told) {
        String about = told.about();
        return plain(told.name()) + (about.isEmpty() ? "" : ": " + (about.contains(".") ? event(about) : plain(about)));
    }

    /** Whom it was told that nobody has acknowledged it. */
    public String escalated(int level) {
        return switch (level) {
            case 1 -> "told to the lead";
            case 2 -> "told to coordination and board chair";
            default -> "told to medical direction";
        };
    }

    /** The kind of an event without its department; also by its type on the wire. */
    public String event(String type) {
        String shortType = WIRE.matcher(type).replaceFirst("$1");
        String kind = shortType.substring(shortType.indexOf('.') + 1);
        return kind.isBlank() ? type : plain(kind);
    }

    public String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** For a column that says it is UTC. */
    public String utcToTheSecond(Instant instant) {
        return UTC_TO_THE_SECOND.format(instant);
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

    /** Seconds likewise; short ones by the second. */
    public String seconds(@Nullable Long seconds) {
        if (seconds == null) {
            return "unknown";
        }
        return Math.abs(seconds) < 60 ? seconds + " s" : duration(Duration.ofSeconds(seconds));
    }

    /** A short time to the millisecond. */
    public String millis(double seconds) {
        return seconds < 10 ? Math.round(seconds * 1000) + " ms" : seconds(Math.round(seconds));
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

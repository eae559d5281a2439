package org.tumorboard.sla;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rung of a clock's ladder: who is told how long after the start.
 *
 * @param name of the thresholds it gives, e.g. {@code warn-50}, {@code critical-46h}
 * @param offset from the start of the run; negative for what comes before a due date
 * @param level 0 to 3
 * @param unless a milestone that makes it needless
 */
record PolicyStep(String name, Threshold.Kind kind, Duration offset, int level, @Nullable String unless) {

    private static final Pattern STEP = Pattern.compile(
            "(warn|critical|breach|escalate|out-of-protocol)(?: (\\d+%|-?P\\S+))? level ([0-3])(?: unless ([a-z-]+))?");

    /**
     * Reads one step, e.g. {@code warn 80% level 1}, {@code warn -P14D level 0 unless follow-up-booked}.
     *
     * @param latest the clock's limit, of which per cents are taken and where {@code breach} lies
     * @throws IllegalArgumentException saying what was expected
     */
    static PolicyStep parse(String text, Duration latest, @Nullable Duration outOfProtocol) {
        Matcher step = STEP.matcher(text.trim());
        if (!step.matches()) {
            throw new IllegalArgumentException(
                    "steps: expected e.g. 'warn 50%% level 0' or 'critical PT46H level 2', but got '%s'"
                            .formatted(text.trim()));
        }
        String word = step.group(1);
        String when = step.group(2);
        Threshold.Kind kind =
                switch (word) {
                    case "breach" -> Threshold.Kind.BREACH;
                    case "escalate" -> Threshold.Kind.ESCALATION;
                    case "out-of-protocol" -> Threshold.Kind.OUT_OF_PROTOCOL;
                    default -> Threshold.Kind.WARNING;
                };
        boolean isBound = kind == Threshold.Kind.BREACH || kind == Threshold.Kind.OUT_OF_PROTOCOL;
        Duration bound = kind == Threshold.Kind.OUT_OF_PROTOCOL ? outOfProtocol : latest;
        if (isBound != (when == null) || bound == null) {
            throw new IllegalArgumentException(
                    "steps: expected a time exactly where it is not a bound of the clock, but got '%s'"
                            .formatted(text.trim()));
        }
        return new PolicyStep(
                when == null || kind == Threshold.Kind.ESCALATION ? word : word + "-" + label(when),
                kind,
                when == null ? bound : offset(when, latest),
                Integer.parseInt(step.group(3)),
                step.group(4));
    }

    private static Duration offset(String when, Duration latest) {
        return when.endsWith("%")
                ? latest.multipliedBy(Long.parseLong(when.substring(0, when.length() - 1)))
                        .dividedBy(100)
                : Durations.parse("steps", when);
    }

    /** {@code 50%} is 50, {@code PT30H} is 30h, {@code -P14D} is minus-14d. */
    private static String label(String when) {
        String label = when.replace("%", "").toLowerCase(java.util.Locale.ROOT);
        return label.startsWith("-")
                ? "minus-" + label.substring(1).replaceAll("[pt]", "")
                : label.replaceAll("[pt]", "");
    }
}

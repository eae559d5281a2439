package org.tumorboard.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Groups;

/** How pages say what a clock's thresholds and life mean. Templates call it as {@code @clockWords}. */
@Component
final class ClockWords {

    private static final Pattern WARNING = Pattern.compile("(warn|critical)-(minus-)?(\\d+)([a-z]*)(.*)");
    private static final List<String> LEVELS =
            List.of("the owner", "its lead", "coordination and board chair", "medical direction");

    private final Words words;

    ClockWords(Words words) {
        this.words = words;
    }

    /** {@code warn-50} is “warning at 50 %”, {@code critical-46h} “critical at 46 h”. */
    public String threshold(String name) {
        Matcher warning = WARNING.matcher(name);
        if (warning.matches()) {
            String unit = warning.group(4).isEmpty() ? "%" : warning.group(4);
            return "%s %s %s %s%s"
                    .formatted(
                            warning.group(1).equals("warn") ? "warning" : "critical",
                            warning.group(2) == null ? "at" : "before by",
                            warning.group(3),
                            unit.equals("m") ? "min" : unit,
                            warning.group(5));
        }
        return switch (name) {
            case "breach" -> "limit";
            case "out-of-protocol" -> "out of protocol";
            case "escalate" -> "escalation";
            default -> name;
        };
    }

    /** Whom a level reaches; with those below it. */
    public String level(int level) {
        return level < LEVELS.size() ? LEVELS.get(level) : LEVELS.get(LEVELS.size() - 1);
    }

    /** What became of a threshold. */
    public String fate(ClockView.ThresholdView threshold, ClockView run, Instant now) {
        if (threshold.outcome() != null) {
            return switch (threshold.outcome()) {
                case ANNOUNCED -> threshold.late() ? "announced late" : "announced";
                case OVERTAKEN -> "overtaken, not sent";
                case ACKNOWLEDGED -> "spared: somebody had taken over";
            };
        }
        if (!run.isOpen()) {
            return "not reached";
        }
        if (run.pausedAt() != null) {
            return "held by the pause";
        }
        return threshold.at().isBefore(now) ? "passed, not announced yet" : "ahead";
    }

    /** What happened to a run; for a change of an old verdict, how it stood before. */
    public String change(ClockView.ChangeView change) {
        String threshold = change.threshold() == null ? "" : threshold(change.threshold());
        return switch (change.what()) {
            case STARTED -> "started";
            case MOVED -> "moved; before, it was " + words.plain(change.state()).toLowerCase(Locale.ROOT);
            case STOPPED -> "stopped: " + words.plain(change.state()).toLowerCase(Locale.ROOT);
            case REOPENED -> "runs again; before, it was "
                    + words.plain(change.state()).toLowerCase(Locale.ROOT);
            case ANNOUNCED -> threshold + " announced";
            case OVERTAKEN -> threshold + " overtaken";
            case WITHDRAWN -> (threshold.isEmpty() ? "start" : threshold) + " withdrawn; before, it was "
                    + words.plain(change.state()).toLowerCase(Locale.ROOT);
            case PAUSED -> "paused";
            case RESUMED -> "resumed";
            case WAIVED -> "waived";
            case ACKNOWLEDGED -> "escalation acknowledged";
            case CANCELLED -> "ended without being met";
        };
    }

    /** A group as people call it. */
    public String group(String group) {
        return group.equals(Groups.BOARD_CHAIR) ? "board chair" : group.replace('-', ' ');
    }

    /** The milestone, source and id of what stopped a run, of which only the milestone is worth words. */
    public String milestone(String reference) {
        return words.plain(reference.split(" ", 2)[0]);
    }

    /** The rest of such a reference. */
    public String origin(String reference) {
        int blank = reference.indexOf(' ');
        return blank < 0 ? "" : reference.substring(blank + 1);
    }
}

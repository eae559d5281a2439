package org.tumorboard.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tumorboard.channel.ChannelBacklog;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxOutcomes;
import org.tumorboard.operations.OperationsReader;
import org.tumorboard.operations.Reading;

/**
 * Says in words what is wrong now and what to do, the worst first. The bounds are those of the alerts in
 * {@code docker/prometheus/alerts.yml}.
 */
final class Troubles {

    private static final Duration OUTBOX_PATIENCE = Duration.ofMinutes(1);
    private static final Duration TIMER_PATIENCE = Duration.ofSeconds(30);
    private static final String EVENTS = "/operations/events?outcome=";

    private final Words words;
    private final Instant now;
    private final List<Trouble> found = new ArrayList<>();

    private Troubles(Words words, Instant now) {
        this.words = words;
        this.now = now;
    }

    /**
     * @param departments as they were heard last; empty if that could not be read
     * @param takesEvents whether this node's listener runs
     */
    static List<Trouble> of(
            OperationsReader.Answer answer,
            List<DepartmentRow> departments,
            boolean takesEvents,
            Words words,
            Instant now) {
        Troubles troubles = new Troubles(words, now);
        Reading reading = answer.reading();
        if (!answer.isOfNow()) {
            troubles.databaseAway(reading);
        }
        if (!takesEvents) {
            troubles.found.add(KafkaTroubles.LISTENER_STOPPED);
        }
        troubles.departments(departments, answer.isOfNow());
        troubles.found.addAll(KafkaTroubles.ofTopics(departments, words));
        if (reading != null) {
            troubles.found.addAll(KafkaTroubles.ofLosses(reading.losses(), words, now));
            troubles.work(reading);
            troubles.selfCheck(reading);
            troubles.events(reading);
            reading.channels().stream()
                    .filter(ChannelBacklog.Backlog::isBlocked)
                    .forEach(troubles::channel);
        }
        troubles.found.sort(Comparator.comparing(one -> !one.critical()));
        return List.copyOf(troubles.found);
    }

    private void databaseAway(@Nullable Reading reading) {
        critical(
                "The database does not answer. "
                        + (reading == null
                                ? "Nothing could be read since this node started."
                                : "What stands below was read %s ago.".formatted(words.between(reading.at(), now))),
                "Check PostgreSQL, its disk and its connections; the log of this node names the fault. Nothing is lost: events"
                        + " wait on their topics, and the engine goes on by itself.",
                null);
    }

    private void departments(List<DepartmentRow> departments, boolean databaseAnswers) {
        if (!departments.isEmpty() && departments.stream().allMatch(DepartmentRow::isUnknown)) {
            critical(
                    "The broker does not say how far the inbox is behind.",
                    "Check the broker and its disk. What departments send waits with them, what they are told waits in the"
                            + " outbox; both go on by themselves.",
                    null);
        }
        if (departments.isEmpty() && databaseAnswers) {
            warning(
                    "Whether departments are silent or behind is not known yet.",
                    "It is looked at every few seconds.",
                    null);
        }
        for (DepartmentRow row : departments) {
            switch (row.standing()) {
                case DELAYED -> critical(
                        "%s has sent what is not in its cases yet: %s, the oldest %s ago%s."
                                .formatted(
                                        words.plain(row.department()),
                                        many(row.untakenEvents(), "event waits", "events wait"),
                                        words.seconds(row.delay()),
                                        byBothClocks(row)),
                        "Look into the log for a batch that fails again and again, at the database and at the load.",
                        department(row));
                case WITHHELD -> critical(
                        "%s began a transaction %s ago and did not end it: what it sent since cannot be read."
                                .formatted(words.plain(row.department()), words.seconds(row.withheldFor())),
                        "Look at its interface: it must commit or abort. If it is gone for good, abort what it left behind with"
                                + " kafka-transactions.sh.",
                        department(row));
                case SILENT_WHILE_AWAITED -> critical(
                        "%s is silent beyond its rhythm, and %s for it."
                                .formatted(
                                        words.plain(row.department()),
                                        many((long) row.awaitedSteps(), "step waits", "steps wait")),
                        "Ask by telephone, and look at its interface. What it says can be entered on its page.",
                        department(row));
                case SILENT -> warning(
                        "%s is silent beyond its rhythm.".formatted(words.plain(row.department())),
                        "No step waits for it now. Look at its interface all the same: nothing new of it arrives.",
                        department(row));
                default -> {
                    // heard, or nothing to say
                }
            }
        }
    }

    /** Where the two disagree, the sender's clock is wrong, or the event came before this node looked first. */
    private String byBothClocks(DepartmentRow row) {
        if (!row.clocksDisagree()) {
            return "";
        }
        long sent = Objects.requireNonNull(row.delaySentAgo());
        return " (its sender's clock says %s, this node has seen it for %s)"
                .formatted(
                        sent < 0 ? "in " + words.seconds(-sent) : words.seconds(sent) + " ago",
                        words.seconds(row.delaySeenFor()));
    }

    private void work(Reading reading) {
        if (reading.outbox().oldest().compareTo(OUTBOX_PATIENCE) > 0) {
            critical(
                    "%s for the broker, the oldest for %s: departments are not told."
                            .formatted(
                                    many(reading.outbox().waiting(), "message waits", "messages wait"),
                                    words.duration(reading.outbox().oldest())),
                    "Check the broker and its disk. They leave in their order as soon as it takes them again.",
                    "#outbox-title");
        }
        if (reading.timers().failed() > 0) {
            critical(
                    "%s on every try, and the engine leaves it to you."
                            .formatted(many(
                                    reading.timers().failed(),
                                    "piece of the engine's work failed",
                                    "pieces of work failed")),
                    "Read what each says, mend the cause, and have it tried again.",
                    "#incidents-title");
        }
        if (reading.timers().overdue().compareTo(TIMER_PATIENCE) > 0) {
            critical(
                    "Timers are late: the most overdue one has waited for %s."
                            .formatted(words.duration(reading.timers().overdue())),
                    "Check that a node runs with its job executor, and the load of the machine and of PostgreSQL. After a crash"
                            + " the dead node's timers wait up to a minute; while the inbox catches up all wait up to two.",
                    "#timers-title");
        }
    }

    private void selfCheck(Reading reading) {
        var last = reading.selfCheck();
        if (last != null && last.unmended() > 0) {
            critical(
                    "%s a threshold that is passed and cannot be announced."
                            .formatted(many((long) last.unmended(), "case has", "cases have")),
                    "The log says why (“cannot be announced”). Pages and API show the right state meanwhile; nobody is warned.",
                    "#timers-title");
        }
        if (last != null && last.isOverdue(now)) {
            critical(
                    "The self-check has not run for %s.".formatted(words.between(last.ranAt(), now)),
                    "It should every %s. Look into the log of the nodes for why it fails."
                            .formatted(words.seconds(last.every().toSeconds())),
                    "#timers-title");
        }
    }

    private void events(Reading reading) {
        if (reading.waiting().factsNotTaken() > 0) {
            critical(
                    "%s not in its case: refused or failed in the last day, and not sent again since."
                            .formatted(many(
                                    reading.waiting().factsNotTaken(),
                                    "treatment, stop or death is",
                                    "treatments, stops or deaths are")),
                    "It has happened all the same. Sender and coordination were told; the reason stands with the event. A"
                            + " refused one must be sent again in its right form, under the same id; try a failed one again once"
                            + " the cause is mended.",
                    "/operations/events?outcome=REFUSED");
        }
        if (reading.waiting().crowded() > 0) {
            warning(
                    "%s one department for one patient as may: more are refused, but for treatments, stops and the like."
                            .formatted(many(
                                    reading.waiting().crowded(),
                                    "time as many events wait of",
                                    "times as many events wait of")),
                    "A sender may repeat itself under new ids. Look which, and ask it.",
                    EVENTS + Outcome.PARKED);
        }
        for (InboxOutcomes.OfOutcome row : reading.outcomes()) {
            if (row.outcome() == Outcome.FAILED && row.standing() != null && row.standing() > 0) {
                critical(
                        "%s not be applied; the oldest came %s ago."
                                .formatted(
                                        many(row.standing(), "event could", "events could"),
                                        words.between(row.oldestAt() == null ? now : row.oldestAt(), now)),
                        "Read the reason of each, mend the cause, then try them again.",
                        EVENTS + Outcome.FAILED);
            }
            if (row.outcome() == Outcome.REFUSED && row.lastDay() > 0) {
                warning(
                        "%s refused in the last day, and not sent again since."
                                .formatted(many(row.lastDay(), "event was", "events were")),
                        "Tell the sender the reason: it must send each again in its right form, under the same id.",
                        "/operations/dead-letters");
            }
        }
        parked(reading);
    }

    private void parked(Reading reading) {
        long days = reading.waiting().parkedDays();
        long hours = reading.waiting().parkedHours();
        if (days > 0) {
            critical(
                    "%s for more than a day for the step that takes it."
                            .formatted(many(days, "event has waited", "events have waited")),
                    "Read what each waits for: a report before it may be missing. Ask that department; coordination is asked about"
                            + " each by a task.",
                    EVENTS + Outcome.PARKED);
        }
        if (hours > 0) {
            warning(
                    "%s for more than an hour for the step that takes it."
                            .formatted(many(hours, "event has waited", "events have waited")),
                    "Read what each waits for: a report before it may be missing.",
                    EVENTS + Outcome.PARKED);
        }
    }

    private void channel(ChannelBacklog.Backlog channel) {
        warning(
                "%s does not get through: %s, %d of the last day given up."
                        .formatted(
                                channel.channel(),
                                many(channel.waiting(), "notification waits", "notifications wait"),
                                channel.setAside()),
                "Check the mail server or the department's webhook. The department has them on its topic and its page.",
                "#outbox-title");
    }

    private void critical(String what, String remedy, @Nullable String link) {
        found.add(Trouble.critical(what, remedy, link));
    }

    private void warning(String what, String remedy, @Nullable String link) {
        found.add(Trouble.warning(what, remedy, link));
    }

    private static String department(DepartmentRow row) {
        return "/departments/" + row.department();
    }

    private static String many(@Nullable Long number, String one, String more) {
        return number == null ? more : number + " " + (number == 1 ? one : more);
    }
}

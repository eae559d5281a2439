package org.tumorboard.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Outcome;
import org.tumorboard.pathway.ParkedEventDesk;
import org.tumorboard.pathway.ParkedEventTasks;

/** Sees to it that no event is parked for ever: after a while coordination is asked about it. */
@Component
class OverdueEvents implements ParkedEventDesk {

    private static final int AT_ONCE = 100;

    private final InboxTable table;
    private final OpenQuestions questions;
    private final ParkedEventTasks tasks;
    private final TransactionTemplate transaction;
    private final InboxProperties properties;
    private final Clock clock;

    OverdueEvents(
            InboxTable table,
            OpenQuestions questions,
            ParkedEventTasks tasks,
            TransactionTemplate transaction,
            InboxProperties properties,
            Clock clock) {
        this.table = table;
        this.questions = questions;
        this.tasks = tasks;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    /** Asks about each event that has waited too long, once. */
    void runOnce() {
        int asked;
        do {
            Integer some = transaction.execute(status -> ask());
            asked = some == null ? 0 : some;
        } while (asked == AT_ONCE);
    }

    private int ask() {
        Instant now = clock.instant();
        List<InboxEntry> overdue = questions.overdue(now, properties.parkedForAtMost(), AT_ONCE);
        for (InboxEntry entry : overdue) {
            String caseId = entry.caseId() == null ? entry.subject() : entry.caseId();
            questions.asked(
                    entry.identity(),
                    tasks.ask(
                            entry.identity(),
                            entry.type(),
                            caseId == null ? null : new CaseId(caseId),
                            entry.receivedAt()));
        }
        return overdue.size();
    }

    @Override
    public void settle(EventIdentity event, boolean setAside, String reason, String person) {
        Instant now = clock.instant();
        if (setAside) {
            Verdict verdict =
                    new Verdict(Outcome.ALREADY_DONE, null, "set aside by %s: %s".formatted(person, reason), false);
            table.decide(List.of(event), identity -> verdict, now);
        }
        questions.answered(event, now.plus(properties.parkedForAtMost()));
    }
}

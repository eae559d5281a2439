package org.tumorboard.inbox;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Outcome;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.pathway.Pathway;

/** Applies a parked or failed event again because a person asks for it, once what stood in its way is mended. */
@Component
public final class Redrive {

    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);

    private final InboxQueries queries;
    private final InboxTable table;
    private final Inbox inbox;
    private final Pathway pathway;
    private final PersonalDeeds deeds;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Redrive(
            InboxQueries queries,
            InboxTable table,
            Inbox inbox,
            Pathway pathway,
            PersonalDeeds deeds,
            TransactionTemplate transaction,
            Clock clock) {
        this.queries = queries;
        this.table = table;
        this.inbox = inbox;
        this.pathway = pathway;
        this.deeds = deeds;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of asking. */
    public sealed interface Result {

        /** @param entry as it stands after it was tried again */
        record Tried(InboxEntry entry) implements Result {}

        /** @param entry neither parked nor failed: nothing was done */
        record Settled(InboxEntry entry) implements Result {}

        /** No such event was ever received. */
        record Unknown() implements Result {}
    }

    /** @param who asks for it, for the record */
    public Result again(EventIdentity identity, String who) {
        InboxEntry entry = queries.find(identity);
        if (entry == null) {
            return new Result.Unknown();
        }
        if (entry.outcome() != Outcome.PARKED && entry.outcome() != Outcome.FAILED) {
            return new Result.Settled(entry);
        }
        LOG.info("{} re-drives event {} of {}, until now {}", who, identity.id(), identity.source(), entry.outcome());
        inbox.release(prepare(entry, who));
        InboxEntry after = queries.find(identity);
        return after == null ? new Result.Unknown() : new Result.Tried(after);
    }

    /** Lets a failed event wait again, and finds whose waiting events are to be tried. */
    private Set<String> prepare(InboxEntry entry, String who) {
        Set<String> patients = transaction.execute(status -> {
            deeds.did(
                    Deed.REDROVE_EVENT,
                    entry.caseId() == null ? null : new CaseId(entry.caseId()),
                    entry.type() + " " + entry.id());
            if (entry.outcome() == Outcome.FAILED) {
                Verdict waits = new Verdict(
                        Outcome.PARKED, null, "re-driven by %s; nobody waits for it yet".formatted(who), false);
                table.decide(List.of(entry.identity()), identity -> waits, clock.instant());
            }
            return entry.unit() == null
                    ? Set.of(String.valueOf(entry.patientRef()))
                    : pathway.patientsWaitingFor(
                            EventType.ofShortName(entry.type()).orElseThrow(), Set.of(entry.unit()));
        });
        return patients == null ? Set.of() : patients;
    }
}

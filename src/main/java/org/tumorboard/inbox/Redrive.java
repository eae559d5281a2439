package org.tumorboard.inbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

        /** @param entry whose turn did not come, because the database did not answer any more; it waits */
        record NotTried(InboxEntry entry) implements Result {}

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
        inbox.release(prepare(List.of(entry), who).get(identity));
        InboxEntry after = queries.find(identity);
        return after == null ? new Result.Unknown() : new Result.Tried(after);
    }

    /** Lets failed events wait again, and finds for each whose waiting events are to be tried. */
    Map<EventIdentity, Set<String>> prepare(List<InboxEntry> entries, String who) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Map<EventIdentity, Set<String>> patients = new LinkedHashMap<>();
            for (InboxEntry entry : entries) {
                deeds.did(
                        Deed.REDROVE_EVENT,
                        entry.caseId() == null ? null : new CaseId(entry.caseId()),
                        entry.type() + " " + entry.id());
                patients.put(entry.identity(), patients(entry));
            }
            Verdict waits =
                    new Verdict(Outcome.PARKED, null, "re-driven by %s; nobody waits for it yet".formatted(who), false);
            table.decide(
                    entries.stream()
                            .filter(entry -> entry.outcome() == Outcome.FAILED)
                            .map(InboxEntry::identity)
                            .toList(),
                    identity -> waits,
                    clock.instant());
            return patients;
        }));
    }

    private Set<String> patients(InboxEntry entry) {
        return entry.unit() == null
                ? Set.of(String.valueOf(entry.patientRef()))
                : pathway.patientsWaitingFor(EventType.ofShortName(entry.type()).orElseThrow(), Set.of(entry.unit()));
    }
}

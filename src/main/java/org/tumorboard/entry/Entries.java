package org.tumorboard.entry;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.Deed;
import org.tumorboard.event.Department;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.event.SecondPeople;

/** Entries by hand that count once a second person says the same or confirms them. */
@Component
public class Entries implements SecondPeople {

    private final EntryTable table;
    private final PersonalDeeds deeds;
    private final TransactionTemplate apart;
    private final Clock clock;

    Entries(EntryTable table, PersonalDeeds deeds, PlatformTransactionManager transactions, Clock clock) {
        this.table = table;
        this.deeds = deeds;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean agree(InboundEvent entered, String person) {
        if (table.confirmSame(entered, person, clock.instant())) {
            deeds.did(Deed.AGREED_AS_SECOND_PERSON, entered.subject(), subject(entered));
            return true;
        }
        apart.executeWithoutResult(status -> {
            table.keep(entered, person, clock.instant());
            deeds.did(Deed.ENTERED_EVENT, entered.subject(), subject(entered));
        });
        return false;
    }

    /** Those of a department that wait for a second person, the oldest first. */
    public List<WaitingEntry> waiting(Department department) {
        return table.waiting(department);
    }

    /** One of them, held until the transaction ends; empty if it is decided or was never there. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<WaitingEntry> take(UUID id, Department department) {
        return table.take(id, department);
    }

    /**
     * A second person says yes or no to it.
     *
     * @throws IllegalArgumentException if it is the same person
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void decide(WaitingEntry entry, boolean isConfirmed, String person) {
        if (isConfirmed && entry.enteredBy().equals(person)) {
            throw new IllegalArgumentException("expected another person than the one who entered it");
        }
        table.decide(entry.id(), isConfirmed, person, clock.instant());
        deeds.did(
                isConfirmed ? Deed.AGREED_AS_SECOND_PERSON : Deed.REJECTED_ENTRY,
                entry.caseId(),
                entry.type().shortName() + " " + entry.id());
    }

    /** When one was entered or decided last; null if none ever was. */
    public @Nullable Instant lastChange() {
        return table.lastChange();
    }

    private static String subject(InboundEvent entered) {
        return entered.type().shortName() + " " + entered.identity().id();
    }
}

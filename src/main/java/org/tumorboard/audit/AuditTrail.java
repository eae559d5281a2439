package org.tumorboard.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.Actor;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/**
 * Puts deeds on record. What a transaction does is chained as the last thing before it commits: the end of the chain is
 * held for that moment only, and always after the cases, so that nobody waits for one while holding the other.
 */
@Component
class AuditTrail implements PersonalDeeds {

    private static final int LONGEST = 300;

    private final AuditTable table;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Repeats repeats = new Repeats();

    AuditTrail(AuditTable table, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Told(Instant at, Actor who, Deed deed, @Nullable CaseId caseId, @Nullable String subject) {

        AuditEntry after(AuditTable.Head head) {
            return new AuditEntry(
                            head.number() + 1,
                            at,
                            deed.name(),
                            who.name(),
                            String.join(",", who.groups()),
                            who.origin(),
                            caseId == null ? null : caseId.value(),
                            subject,
                            head.hash(),
                            "")
                    .sealed();
        }
    }

    @Override
    public void did(Actor who, Deed deed, @Nullable CaseId caseId, @Nullable String subject) {
        Told told = new Told(clock.instant().truncatedTo(ChronoUnit.MICROS), who, deed, caseId, printable(subject));
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            pending().add(told);
        } else if (!repeats.has(who, deed, caseId, told.at())) {
            transaction.executeWithoutResult(status -> chain(List.of(told)));
            repeats.add(who, deed, caseId, told.at());
        }
    }

    @SuppressWarnings("unchecked")
    private List<Told> pending() {
        List<Told> pending = (List<Told>) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new ArrayList<>();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(new ChainAtCommit(pending));
        }
        return pending;
    }

    private void chain(List<Told> deeds) {
        List<AuditEntry> entries = new ArrayList<>();
        AuditTable.Head head = table.lockHead();
        for (Told told : deeds) {
            AuditEntry entry = told.after(head);
            entries.add(entry);
            head = new AuditTable.Head(entry.number(), entry.hash());
        }
        table.append(entries);
    }

    /** What a sender may name stays one short line. */
    private static @Nullable String printable(@Nullable String subject) {
        if (subject == null) {
            return null;
        }
        String line = subject.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /** After everything else that is written before the commit. */
    private final class ChainAtCommit implements TransactionSynchronization {

        private final List<Told> pending;

        ChainAtCommit(List<Told> pending) {
            this.pending = pending;
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            chain(pending);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(AuditTrail.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(AuditTrail.this, pending);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(AuditTrail.this);
        }
    }
}

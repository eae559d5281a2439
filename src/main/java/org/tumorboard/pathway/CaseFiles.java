package org.tumorboard.pathway;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.tumorboard.event.CaseId;
import org.tumorboard.outbox.Outbox;
import org.tumorboard.sla.Milestones;

/**
 * The case files open in the current transaction. Whatever the transaction adds to its cases is written with one
 * statement a table just before it commits, whether an event, a person or a timer moved them.
 */
@Component
class CaseFiles {

    private final CaseTable cases;
    private final ClosingTable closings;
    private final Milestones milestones;
    private final BookingTable bookings;
    private final Outbox outbox;
    private final ClockKeeper keeper;
    private final HeardBesideHand heard;
    private final ApplicationEventPublisher events;

    CaseFiles(
            CaseTable cases,
            ClosingTable closings,
            Milestones milestones,
            BookingTable bookings,
            Outbox outbox,
            @Lazy ClockKeeper keeper,
            @Lazy HeardBesideHand heard,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.closings = closings;
        this.milestones = milestones;
        this.bookings = bookings;
        this.outbox = outbox;
        this.keeper = keeper;
        this.heard = heard;
        this.events = events;
    }

    /** The file of a case, read and locked if this transaction does not hold it yet. */
    CaseFile of(CaseId caseId) {
        Map<CaseId, CaseFile> open = open();
        if (!open.containsKey(caseId)) {
            take(open, cases.lock(List.of(caseId)));
        }
        CaseFile file = open.get(caseId);
        if (file == null) {
            throw new IllegalStateException("case " + caseId + ": expected a case with that id, but there is none");
        }
        return file;
    }

    /** Reads and locks the patients' open cases and the named ones, all at once. */
    List<CaseRow> lock(Collection<String> patients, Collection<CaseId> named) {
        Map<CaseId, CaseFile> open = open();
        List<CaseRow> rows = cases.lock(patients, named);
        take(open, rows.stream().filter(row -> !open.containsKey(row.caseId())).toList());
        return rows;
    }

    /** The case of each patient that was closed last. */
    Map<String, CaseRow> lastClosed(Collection<String> patients) {
        return cases.lastClosed(patients).stream().collect(Collectors.toMap(CaseRow::patientRef, row -> row));
    }

    /** Puts a new case on file. */
    CaseFile openCase(CaseRow row) {
        CaseFile file = new CaseFile(row, true);
        open().put(row.caseId(), file);
        return file;
    }

    /** The files this transaction holds. */
    Collection<CaseFile> held() {
        return open().values();
    }

    private void take(Map<CaseId, CaseFile> open, List<CaseRow> rows) {
        rows.forEach(row -> open.put(row.caseId(), new CaseFile(row, false)));
        milestones.of(rows.stream().map(CaseRow::caseId).toList()).forEach((caseId, recorded) -> open.get(caseId)
                .know(recorded));
    }

    @SuppressWarnings("unchecked")
    private Map<CaseId, CaseFile> open() {
        Map<CaseId, CaseFile> open = (Map<CaseId, CaseFile>) TransactionSynchronizationManager.getResource(this);
        if (open == null) {
            open = new LinkedHashMap<>();
            TransactionSynchronizationManager.bindResource(this, open);
            TransactionSynchronizationManager.registerSynchronization(new WriteAtCommit(open));
        }
        return open;
    }

    /** The clocks follow what is recorded; what they cause may close steps and send messages. */
    private void write(Collection<CaseFile> files) {
        files.forEach(heard::tell);
        cases.save(files.stream().filter(CaseFile::isChanged).map(CaseFile::row).toList());
        milestones.append(
                files.stream().flatMap(f -> f.newMilestones().stream()).toList());
        keeper.keep(files);
        bookings.save(files.stream().flatMap(f -> f.changedBookings().stream()).toList());
        closings.append(files.stream().flatMap(f -> f.newClosings().stream()).toList());
        outbox.add(files.stream().flatMap(f -> f.newMessages().stream()).toList());
    }

    private final class WriteAtCommit implements TransactionSynchronization {

        private final Map<CaseId, CaseFile> open;

        WriteAtCommit(Map<CaseId, CaseFile> open) {
            this.open = open;
        }

        /** Before the audit trail, whose end is held last. */
        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE - 1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            write(List.copyOf(open.values()));
        }

        @Override
        public void afterCommit() {
            events.publishEvent(new CaseProgressed(
                    open.values().stream().map(file -> file.row().patientRef()).collect(Collectors.toSet())));
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(CaseFiles.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(CaseFiles.this, open);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(CaseFiles.this);
        }
    }
}

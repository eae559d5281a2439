package org.tumorboard.inbox;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.tumorboard.pathway.CaseProgressed;
import org.tumorboard.pathway.PatientRekeyed;

/**
 * Releases parked events when a person or a timer has moved their case. The inbox's own batches release theirs in the
 * same transaction. What a crash left between the two is found at start and by a slow look-around.
 */
@Component
class ParkedEvents implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedEvents.class);
    private static final int LAST_RELEASE_SECONDS = 10;

    /** Before the outbox' relay, which still sends what the last of them said. */
    private static final int PHASE = 1_000;

    private final Inbox inbox;
    private final InboxTransaction transaction;
    private final InboxTable table;
    private final OverdueEvents overdue;

    /** Patients whose next slice stands in the worker's queue; each stands there once. */
    private final Set<String> due = ConcurrentHashMap.newKeySet();

    /** What comes after the stop is found by the next look-around, of another node or the next start. */
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "parked-events"),
            new ThreadPoolExecutor.DiscardPolicy());

    ParkedEvents(Inbox inbox, InboxTransaction transaction, InboxTable table, OverdueEvents overdue) {
        this.inbox = inbox;
        this.transaction = transaction;
        this.table = table;
        this.overdue = overdue;
    }

    @EventListener
    void caseProgressed(CaseProgressed progress) {
        if (!InboxTransaction.isRunning()) {
            worker.execute(() -> release(progress.patientRefs()));
        }
    }

    /** Other patients' events are taken between two slices of one. */
    @EventListener
    void turnsLeft(Inbox.TurnsLeft left) {
        left.patients().stream()
                .filter(due::add)
                .forEach(patient -> worker.execute(() -> {
                    due.remove(patient);
                    release(Set.of(patient));
                }));
    }

    @EventListener
    void patientRekeyed(PatientRekeyed merge) {
        table.rekey(merge.patientRef(), merge.survivingRef());
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(
            fixedDelayString = "${tumorboard.inbox.look-around}",
            initialDelayString = "${tumorboard.inbox.look-around}")
    void lookAround() {
        worker.execute(this::runOnce);
    }

    /** Tries every parked event of every patient with an open case, and news of units that nobody has taken. */
    void runOnce() {
        Set<String> patients = new HashSet<>(table.patientsWithParkedEvents());
        patients.addAll(transaction.waitingFor(table.untakenUnitNews()));
        release(patients);
        askAboutOverdue();
    }

    private void askAboutOverdue() {
        try {
            overdue.runOnce();
        } catch (RuntimeException e) {
            LOG.warn("overdue events are asked about at the next look-around: {}", e.toString());
        }
    }

    private void release(Set<String> patients) {
        try {
            inbox.release(patients);
        } catch (RuntimeException e) {
            LOG.warn("parked events stay parked until the next look-around: {}", e.toString());
        }
    }

    /** The worker starts with its first task. */
    @Override
    public void start() {}

    /** Finishes what was asked for. */
    @Override
    public void stop() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(LAST_RELEASE_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("parked events stay parked until the next start or another node's look-around");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !worker.isShutdown();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

package org.tumorboard.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Reading;
import org.tumorboard.pathway.Move;
import org.tumorboard.pathway.Pathway;
import org.tumorboard.pathway.WaitingStep;

/** The baseline without inbox and Kafka: one transaction a step, cases shared evenly over the threads. */
final class DirectCalls {

    private final Pathway pathway;
    private final TransactionTemplate transaction;
    private final EventReader reader;
    private final int threads;

    DirectCalls(Pathway pathway, TransactionTemplate transaction, EventReader reader, int threads) {
        this.pathway = pathway;
        this.transaction = transaction;
        this.reader = reader;
        this.threads = threads;
    }

    /** Reads the events beforehand and gives each thread whole cases. */
    List<List<Call>> share(List<Interleaving.Step> steps) {
        List<List<Call>> shares = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            shares.add(new ArrayList<>());
        }
        Map<CaseId, Integer> owners = new HashMap<>();
        for (Interleaving.Step step : steps) {
            CaseId caseId = step.benchCase().caseId();
            int owner = owners.computeIfAbsent(caseId, opened -> owners.size() % threads);
            shares.get(owner).add(new Call(caseId, read(step)));
        }
        return shares;
    }

    /** Makes all calls; when it returns, the last is committed. */
    void make(List<List<Call>> shares) throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            shares.forEach(share -> ends.add(workers.submit(() -> share.forEach(this::make))));
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void make(Call call) {
        transaction.executeWithoutResult(status -> pathway.make(List.of(move(call))));
    }

    private Move move(Call call) {
        InboundEvent event = call.event();
        CaseId caseId = call.caseId();
        if (pathway.opensCase(event.type())) {
            return new Move(event, caseId, List.of());
        }
        pathway.lock(List.of(), List.of(caseId));
        List<WaitingStep> steps =
                pathway.waiting(List.of(caseId), Set.of(event.type())).getOrDefault(caseId, List.of()).stream()
                        .filter(step -> step.takes(event))
                        .toList();
        if (steps.isEmpty()) {
            throw new IllegalStateException(
                    "case %s: expected a step that waits for %s, but there is none".formatted(caseId, event.type()));
        }
        return new Move(event, caseId, steps);
    }

    private InboundEvent read(Interleaving.Step step) {
        var message = Feed.record(step.event(), 0);
        Reading reading =
                reader.read(step.event().type().department(), message.headers(), message.value(), Instant.now());
        if (reading instanceof Reading.Accepted accepted) {
            return accepted.event();
        }
        throw new IllegalStateException("expected a valid event, but " + reading);
    }

    record Call(CaseId caseId, InboundEvent event) {}
}

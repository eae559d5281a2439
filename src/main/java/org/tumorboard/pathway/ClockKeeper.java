package org.tumorboard.pathway;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.CaseClocks;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Policies;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/**
 * Keeps the clocks of the cases that a transaction works on in step with their ledgers, and what hangs on them: who was
 * warned, the watch's timer, the deadlines of open steps.
 */
@Component
class ClockKeeper {

    private final SlaClocks clocks;
    private final ClockHistory history;
    private final Policies policies;
    private final ClockNotices notices;
    private final Watches watches;
    private final OpenStepDeadlines deadlines;
    private final ProcessEngineConfigurationImpl engine;
    private final Clock clock;

    ClockKeeper(
            SlaClocks clocks,
            ClockHistory history,
            Policies policies,
            ClockNotices notices,
            Watches watches,
            OpenStepDeadlines deadlines,
            @Lazy ProcessEngineConfigurationImpl engine,
            Clock clock) {
        this.clocks = clocks;
        this.history = history;
        this.policies = policies;
        this.notices = notices;
        this.watches = watches;
        this.deadlines = deadlines;
        this.engine = engine;
        this.clock = clock;
    }

    /** The case's clocks as they stand in this transaction. */
    CaseClocks of(CaseFile file) {
        take(List.of(file));
        return file.clocks().orElseThrow();
    }

    /** Brings the clocks of these cases in line and saves them; called once, just before the commit. */
    void keep(Collection<CaseFile> files) {
        List<CaseFile> news = files.stream().filter(CaseFile::hasNewsForClocks).toList();
        if (!news.isEmpty()) {
            engine.getCommandExecutorTxRequired()
                    .execute(command -> OnBehalfOfTheEngine.doing(() -> {
                        keepAll(news);
                        return null;
                    }));
        }
    }

    private void keepAll(List<CaseFile> news) {
        take(news);
        news.forEach(file -> notices.tell(file, file.clocks().orElseThrow().takeResolutions()));
        clocks.save(
                news.stream()
                        .flatMap(file -> file.clocks().orElseThrow().changed().stream())
                        .toList(),
                clock.instant());
        history.append(news.stream()
                .flatMap(file -> file.clocks().orElseThrow().life().stream())
                .toList());
        watches.bringInLine(news);
        news.forEach(deadlines::bringInLine);
    }

    private void take(Collection<CaseFile> files) {
        Instant now = clock.instant();
        Map<CaseId, List<SlaClock>> stored = clocks.of(files.stream()
                .filter(file -> file.clocks().isEmpty() && !file.isNew())
                .map(CaseFile::id)
                .toList());
        for (CaseFile file : files) {
            file.clocks()
                    .orElseGet(() ->
                            file.workOn(new CaseClocks(file.id(), policies, stored.getOrDefault(file.id(), List.of()))))
                    .follow(file.ledger(), now, cause(file));
        }
    }

    /** What this transaction recorded last. */
    private static CaseClocks.Cause cause(CaseFile file) {
        List<Milestone> news = file.newMilestones();
        if (news.isEmpty()) {
            return CaseClocks.Cause.TIME;
        }
        Milestone last = news.get(news.size() - 1);
        return last.amendment() == null
                ? new CaseClocks.Cause(last.source(), last.eventId(), last.reason())
                : new CaseClocks.Cause(
                        last.amendment().source(), last.amendment().eventId(), last.reason());
    }
}

package org.tumorboard.pathway;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.Ledger;

/** What a case's ledger says, for expressions of the models: {@code ${milestones.stands(execution, 'incision')}}. */
@Component("milestones")
public final class CaseMilestones {

    private final CaseFiles files;

    CaseMilestones(CaseFiles files) {
        this.files = files;
    }

    /** Whether any of these milestones stands; names separated by blanks. */
    public boolean stands(DelegateExecution execution, String names) {
        return latest(execution, names).isPresent();
    }

    /** The latest instant of these milestones; null if none stands. */
    public @Nullable String at(DelegateExecution execution, String names) {
        return latest(execution, names).map(Instant::toString).orElse(null);
    }

    /** Whether the first stands and the second does not stand at that time or later. */
    public boolean isOpen(DelegateExecution execution, String from, String to) {
        Optional<Instant> began = latest(execution, from);
        Optional<Instant> ended = latest(execution, to);
        return began.isPresent() && (ended.isEmpty() || ended.get().isBefore(began.get()));
    }

    private Optional<Instant> latest(DelegateExecution execution, String names) {
        Ledger ledger = files.of(new CaseId(execution.getProcessBusinessKey())).ledger();
        List<String> asked = Arrays.asList(names.trim().split("\\s+"));
        return ledger.latestOf(asked).stream().map(Ledger.Entry::at).max(Comparator.naturalOrder());
    }
}

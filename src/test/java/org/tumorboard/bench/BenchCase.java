package org.tumorboard.bench;

import java.util.List;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;

/** A case and its events in clinical order, the opening one first. */
record BenchCase(List<SyntheticEvent> events) {

    CaseId caseId() {
        SyntheticEvent opening = events.get(0);
        return CaseId.openedBy(new EventIdentity(opening.source(), opening.id()));
    }
}

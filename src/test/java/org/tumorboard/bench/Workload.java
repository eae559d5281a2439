package org.tumorboard.bench;

import java.util.List;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseStatus;

/** Which cases are worked on. */
interface Workload {

    String title();

    /** The case of that number, never the same twice. */
    BenchCase benchCase(int number);

    /** The status in which every case must be when its events are applied. */
    CaseStatus reached();

    /** What departments say once before all cases: news of a unit, which every case may use. */
    default List<SyntheticEvent> beforehand() {
        return List.of();
    }
}

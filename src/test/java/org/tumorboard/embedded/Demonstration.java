package org.tumorboard.embedded;

import java.time.Instant;
import java.util.List;

/** The invented cases of the demonstration, for tests outside this package. */
public final class Demonstration {

    private Demonstration() {}

    /** What all departments say about all cases, before and after the base time, in clinical order. */
    public static List<SyntheticEvent> events(Instant base) {
        return new DemonstrationCases(base).events();
    }
}

package org.tumorboard.sla;

import java.util.Set;

/** What may be decided about a clock: names of ledger entries, and of the steps that report them. */
public final class Adjustment {

    public static final String PAUSED = "clock-paused";
    public static final String RESUMED = "clock-resumed";
    public static final String WAIVED = "clock-waived";

    /** The lower bound of a window need not be kept. */
    public static final String EARLIEST_WAIVED = "clock-earliest-waived";

    /** Somebody took over: the ladder climbs no further. */
    public static final String ACKNOWLEDGED = "escalation-acknowledged";

    /** Those that a person may ask for. */
    public static final Set<String> REQUESTABLE = Set.of(PAUSED, RESUMED, WAIVED, EARLIEST_WAIVED);

    private Adjustment() {}
}

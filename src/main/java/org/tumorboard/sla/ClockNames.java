package org.tumorboard.sla;

import java.util.List;

/** The clocks of the pathway by name, in its order: those of DMN {@code sla-policy}. */
public final class ClockNames {

    /** From the last beam to the incision: the clock that the pathway exists for. */
    public static final String RESECTION_WINDOW = "resection-window";

    private static final List<String> ALL = List.of(
            "triage",
            "case-ready",
            "board-decision",
            "decision-documented",
            "patient-informed",
            "consents",
            "resources",
            "anaesthesia",
            "srs-delivery",
            "planning",
            "plan-checks",
            "immobilised",
            RESECTION_WINDOW,
            "detection-to-incision",
            "postop-imaging",
            "specimen-transport",
            "frozen-section",
            "histology",
            "result-review",
            "neuro-check",
            "follow-up-imaging",
            "follow-up-report",
            "on-call-decision",
            "withdrawal-talk",
            "ratification",
            "residual-review",
            "complication-review",
            "patient-contact",
            "leptomeningeal-decision",
            "quorum",
            "missed-window",
            "partial-delivery");

    private ClockNames() {}

    public static List<String> all() {
        return ALL;
    }
}

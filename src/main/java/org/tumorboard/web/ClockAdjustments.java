package org.tumorboard.web;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Right;
import org.tumorboard.sla.Policies;
import org.tumorboard.sla.Standing;

/** What a person may decide about a running clock, who may, and for which reasons. Templates ask it too. */
@Component("adjustments")
final class ClockAdjustments {

    private final Policies policies;

    ClockAdjustments(Policies policies) {
        this.policies = policies;
    }

    /** A decision about a clock: the step by which it is reported. Reasons are codes of ours. */
    enum Kind {
        PAUSE(
                "clock-paused",
                Right.PAUSE_CLOCK,
                "PATIENT_REQUEST",
                "PATIENT_UNAVAILABLE",
                "INTERCURRENT_ILLNESS",
                "EXTERNAL_RECORDS_AWAITED"),
        RESUME("clock-resumed", Right.PAUSE_CLOCK, "PATIENT_AVAILABLE", "RECORDS_RECEIVED", "PAUSED_IN_ERROR"),
        WAIVE(
                "clock-waived",
                Right.WAIVE_CLOCK,
                "NOT_INDICATED",
                "PATIENT_DECLINED",
                "DONE_ELSEWHERE",
                "OTHER_TREATMENT_CHOSEN"),
        WAIVE_LOWER_BOUND(
                "clock-earliest-waived",
                Right.WAIVE_CLOCK,
                "CLINICAL_DETERIORATION",
                "MASS_EFFECT",
                "HAEMORRHAGE",
                "BOARD_DECISION");

        private final String step;
        private final Right right;
        private final List<String> reasons;

        Kind(String step, Right right, String... reasons) {
            this.step = step;
            this.right = right;
            this.reasons = List.of(reasons);
        }

        /** Its name in {@code coordination.step-completed}. */
        public String step() {
            return step;
        }

        /** The group whose decision it is, besides those who may do everything. */
        public String group() {
            return right.groups().get(0);
        }

        public List<String> reasons() {
            return reasons;
        }

        boolean isFor(Predicate<String> isIn) {
            return right.isOf(isIn);
        }
    }

    static List<String> steps() {
        return Arrays.stream(Kind.values()).map(Kind::step).toList();
    }

    /** What fits how the run stands. */
    List<Kind> fitting(ClockView run) {
        return Arrays.stream(Kind.values()).filter(kind -> fits(kind, run)).toList();
    }

    private boolean fits(Kind kind, ClockView run) {
        return run.isOpen()
                && switch (kind) {
                    case PAUSE -> run.pausedAt() == null
                            && policies.version(run.policyVersion())
                                    .row(run.clock(), run.urgency(), false)
                                    .mayPause();
                    case RESUME -> run.pausedAt() != null;
                    case WAIVE -> true;
                    case WAIVE_LOWER_BOUND -> run.standing() == Standing.TOO_EARLY;
                };
    }

    /** What this person may do to the run as it stands. */
    public List<Kind> offered(ClockView run, List<String> groups) {
        return fitting(run).stream()
                .filter(kind -> kind.isFor(groups::contains))
                .toList();
    }
}

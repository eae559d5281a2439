package org.tumorboard.embedded;

import java.time.Duration;
import java.util.List;

/** Cases that leave the main path, for tests outside this package. */
public enum Detours {
    PLAN_QA_FAILS,
    SLOT_BEFORE_WINDOW,
    WINDOW_MISSED,
    IRRADIATED_NOT_OPERATED,
    DECEASED,
    NECROSIS_ONLY;

    private static final Duration UNTIL_DEATH = Duration.ofDays(6);

    public List<SyntheticEvent> of(SyntheticCase patient) {
        return switch (this) {
            case PLAN_QA_FAILS -> SyntheticDetour.planQaFails(patient);
            case SLOT_BEFORE_WINDOW -> SyntheticDetour.slotBeforeWindow(patient);
            case WINDOW_MISSED -> SyntheticDetour.windowMissed(patient);
            case IRRADIATED_NOT_OPERATED -> SyntheticDetour.irradiatedNotOperated(patient);
            case DECEASED -> SyntheticDetour.deceased(patient, UNTIL_DEATH);
            case NECROSIS_ONLY -> SyntheticDetour.necrosisOnly(patient);
        };
    }
}

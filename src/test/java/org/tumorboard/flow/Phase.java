package org.tumorboard.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/** The phases of the main path, each cut where its steps are open and what they need is booked. */
enum Phase {
    TRIAGE("triage", 1, "RECEIVED"),
    PREPARING("preparing", 3, "TRIAGED PREPARING"),
    BOARD("board", 17, "BOARD_SCHEDULED DECIDED"),
    COORDINATING("coordinating", 45, "COORDINATING"),
    READY("ready", 47, "READY_FOR_SRS SRS_PLANNING"),
    PLANNING("planning", 52.25, "SRS_PLANNING"),
    DELIVERING("delivering", 55, "SRS_PLANNING"),
    IRRADIATED("irradiated", 61, "SRS_DELIVERED"),
    WINDOW_OPEN("window-open", 82, "WINDOW_OPEN"),
    WINDOW_MISSED("window-missed", 106, "WINDOW_MISSED"),
    IN_SURGERY("in-surgery", 89, "IN_SURGERY"),
    POSTOPERATIVE("postoperative", 133, "POSTOPERATIVE RESULT_REVIEW"),
    FOLLOW_UP("follow-up", 90 + 45 * 24, "FOLLOW_UP"),
    CLOSED(
            "closed",
            200,
            "COMPLETED NOT_ELIGIBLE ALTERNATIVE_TREATMENT CONSENT_REFUSED CONSENT_WITHDRAWN DECEASED RE_ENTERED"
                    + " LOST_TO_FOLLOW_UP ENTERED_IN_ERROR");

    private final String title;
    private final double hours;
    private final Set<String> statuses;

    Phase(String title, double hours, String statuses) {
        this.title = title;
        this.hours = hours;
        this.statuses = Set.of(statuses.split(" "));
    }

    String title() {
        return title;
    }

    /** Those in which a case of this status may be. */
    static List<Phase> of(CaseStatus status) {
        return Arrays.stream(values())
                .filter(phase -> phase.statuses.contains(status.name()))
                .toList();
    }

    /** When the patient was detected who is in this phase now. */
    Instant detected(Instant now) {
        return now.minus(Duration.ofMinutes(Math.round(hours * 60)));
    }

    /** What has been said of an urgent case that is in this phase. */
    List<SyntheticEvent> said(SyntheticCase patient) {
        if (this == CLOSED) {
            return patient.notAccepted();
        }
        if (this == FOLLOW_UP) {
            return new Story(patient.throughFollowUp(1, "STABLE")).before("FOLLOW_UP");
        }
        Story story = Story.of(patient);
        return switch (this) {
            case TRIAGE -> story.before("neurosurgery.triage-completed");
            case PREPARING -> story.before("DIAGNOSTIC");
            case BOARD -> story.before("coordination.attendance-recorded");
            case COORDINATING -> story.without("ANAESTHESIA").before("medical-physics.daily-qa-passed");
            case READY -> story.before("identity-check");
            case PLANNING -> story.before("medical-physics.plan-qa-passed");
            case DELIVERING -> story.before("gamma-knife.delivery-completed");
            case IRRADIATED -> upTo(story, 61);
            case WINDOW_OPEN -> upTo(story, 82);
            case WINDOW_MISSED -> upTo(story.without("preoperative-checklist"), 85);
            case IN_SURGERY -> story.before("operating-room.surgery-completed");
            case POSTOPERATIVE -> story.before("radiology.imaging-reported POSTOPERATIVE");
            case FOLLOW_UP, CLOSED -> throw new IllegalStateException("expected a phase before the follow-up");
        };
    }

    private List<SyntheticEvent> upTo(Story story, double hour) {
        Instant end = story.all().get(0).time().plus(Duration.ofMinutes(Math.round(hour * 60)));
        return story.before("operating-room.surgery-started").stream()
                .filter(event -> !event.time().isAfter(end))
                .toList();
    }

    static SyntheticCase patient(int number, Instant detectedAt) {
        return SyntheticCase.of(number, detectedAt, Urgency.URGENT, 1);
    }
}

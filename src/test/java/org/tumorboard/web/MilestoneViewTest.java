package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.Milestone;

/** What stands of the milestones, and what was said before. */
class MilestoneViewTest {

    private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
    private static final CaseId CASE = new CaseId("case-1");

    private final Milestone beam = told("srs-delivered", "e-1", T);

    @Test
    void tellsTheCorrectedInstantWithTheOldOneAndTheReasonHoweverCorrectionsArrive() {
        Milestone newer = amended(beam, T.plusSeconds(200), "e-3", T.plusSeconds(9000), false);
        Milestone older = amended(beam, T.plusSeconds(100), "e-2", T.plusSeconds(5000), false);

        List<MilestoneView> seen = MilestoneView.of(List.of(beam, newer, older));

        assertThat(seen).singleElement().satisfies(view -> {
            assertThat(view.at()).isEqualTo(T.plusSeconds(200));
            assertThat(view.correctedAt()).isEqualTo(T.plusSeconds(9000));
            assertThat(view.reason()).isEqualTo("WRONG_TIME");
            assertThat(view.retracted()).isFalse();
            assertThat(view.was()).containsExactly(T, T.plusSeconds(100));
        });
    }

    @Test
    void saysThatAMilestoneWasTakenBack() {
        Milestone corrected = amended(beam, T.plusSeconds(60), "e-3", T.plusSeconds(5000), false);
        Milestone retracted = amended(beam, T, "e-2", T.plusSeconds(9000), true);

        assertThat(MilestoneView.of(List.of(beam, retracted, corrected)))
                .singleElement()
                .matches(MilestoneView::isTakenBack);
    }

    @Test
    void movesAJointMilestoneWithItsParts() {
        Milestone surgery = told("consent-surgery", "e-5", T.plusSeconds(50));
        Milestone joint = told("consented", "e-5", T.plusSeconds(50)).joining(List.of(beam.key(), surgery.key()));
        Milestone corrected = amended(beam, T.plusSeconds(300), "e-6", T.plusSeconds(9000), false);

        List<MilestoneView> seen = MilestoneView.of(List.of(beam, surgery, joint, corrected));

        assertThat(seen.get(2).at()).isEqualTo(T.plusSeconds(300));
        assertThat(seen.get(2).was()).containsExactly(T.plusSeconds(50));
        assertThat(seen.get(1).retracted()).isNull();
    }

    @Test
    void leavesOutWhatWasDecidedAboutClocks() {
        Milestone pause = told("clock-paused", "e-7", T).about("case-ready", "PATIENT_REQUEST");

        assertThat(MilestoneView.of(List.of(beam, pause)))
                .extracting(MilestoneView::name)
                .containsExactly("srs-delivered");
    }

    private static Milestone told(String name, String id, Instant at) {
        return Milestone.told(CASE, name, at, at.plusSeconds(5), "//hospital.example/gamma-knife", id);
    }

    private static Milestone amended(Milestone milestone, Instant at, String by, Instant when, boolean retracts) {
        return milestone.amended(
                at,
                when.plusSeconds(5),
                "WRONG_TIME",
                new Milestone.Amendment(when, "//hospital.example/gamma-knife", by, retracts));
    }
}

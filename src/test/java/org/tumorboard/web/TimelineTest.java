package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Milestones as the case page tells them. */
class TimelineTest {

    private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void ordersByClinicalTimeAndStrikesOutWhatWasCorrected() {
        var first = milestone("srs-delivered", T.plusSeconds(7200));
        var corrected = milestone("srs-delivered", T.plusSeconds(10800));
        var detected = milestone("detected", T);

        List<Timeline.Entry> timeline = Timeline.of(List.of(first, detected, corrected));

        assertThat(timeline)
                .containsExactly(
                        new Timeline.Entry(detected, false),
                        new Timeline.Entry(first, true),
                        new Timeline.Entry(corrected, false));
    }

    @Test
    void saysNamesSourcesAndDelaysInWords() {
        Words words = new Words();

        assertThat(words.plain("READY_FOR_SRS")).isEqualTo("Ready for SRS");
        assertThat(words.event("medical-physics.plan-qa-passed")).isEqualTo("Plan QA passed");
        assertThat(words.who("user:mara")).isEqualTo("mara, by hand");
        assertThat(words.delay(T, T.plusSeconds(60))).isEmpty();
        assertThat(words.delay(T, T.plusSeconds(40 * 3600))).isEqualTo("40 h later");
    }

    private static MilestoneView milestone(String name, Instant at) {
        return new MilestoneView(
                name, at, T.plusSeconds(20000), "//hospital.example/x", "id", null, null, null, null, null);
    }
}

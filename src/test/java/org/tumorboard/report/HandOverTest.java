package org.tumorboard.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.CaseId;

/** Which hand-over ate the time. */
class HandOverTest {

    private static final Instant DETECTED = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void putsTheHandOverThatAteMostTimeFirst() {
        Course late = course(Map.of("triaged", 1, "case-ready", 2, "board-decided", 50, "resources-reserved", 55));
        Course onTime = course(Map.of("triaged", 2, "case-ready", 4, "board-decided", 10, "resources-reserved", 12));

        List<HandOver> handOvers = HandOver.of(List.of(late), List.of(onTime));

        assertThat(handOvers.get(0))
                .isEqualTo(new HandOver("case-ready", "board-decided", 1, hours(48), 1, hours(6), hours(42)));
        assertThat(handOvers.get(1).end()).isEqualTo("resources-reserved");
        assertThat(handOvers.get(3).difference()).isEqualTo(-hours(1));
        assertThat(handOvers.get(4).difference()).as("nobody got there").isNull();
    }

    @Test
    void countsNothingForWorkDoneAheadSoThatAllAddUpToTheWay() {
        Course course = course(Map.of("triaged", 5, "case-ready", 3, "board-decided", 9));

        assertThat(course.added("triaged", "case-ready")).contains(Duration.ZERO);
        assertThat(course.added("case-ready", "board-decided")).contains(Duration.ofHours(4));
        assertThat(course.added("board-decided", "resources-reserved")).isEmpty();
    }

    private static Course course(Map<String, Integer> hours) {
        Map<String, Instant> reached = new HashMap<>(Map.of("detected", DETECTED));
        hours.forEach((name, after) -> reached.put(name, DETECTED.plus(Duration.ofHours(after))));
        return new Course(new CaseId("case-1"), reached);
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toSeconds();
    }
}

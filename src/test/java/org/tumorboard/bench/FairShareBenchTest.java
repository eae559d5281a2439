package org.tumorboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.EventType;
import org.tumorboard.flow.Scene;

/**
 * How long other patients' events wait while thousands of one patient's are released ({@code -Dbench.waiting=9000}), and while
 * as many are sent of an open case; beside the wait of an idle engine in the same run. The events are observations, which no
 * bound turns away.
 */
@Tag("bench")
@EngineTest
class FairShareBenchTest {

    private static final Instant DETECTED = Instant.parse("2026-06-01T08:00:00Z");
    private static final int WAITING = Integer.getInteger("bench.waiting", 9_000);
    private static final int IDLE_PROBES = 50;

    @Autowired
    Scene scene;

    @Autowired
    JdbcClient jdbc;

    private final List<SyntheticEvent> others = new ArrayList<>();
    private int probes;

    private record Waits(String what, List<Double> seconds) {

        String row() {
            double longest =
                    seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            Spread spread = Spread.of(seconds.stream().mapToDouble(Double::doubleValue));
            return String.format(
                    Locale.ROOT, "| %s | %d | %.3f | %.3f |%n", what, seconds.size(), spread.median(), longest);
        }
    }

    @Test
    void othersWaitForATurnAndNotForAll() throws Exception {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(20)));
        IntStream.range(0, 20)
                .mapToObj(each -> scene.urgentCase(DETECTED).throughTreatment().get(0))
                .forEach(others::add);
        scene.said(others);
        Waits idle = probe("nothing else", () -> probes < IDLE_PROBES);

        SyntheticCase flooded = scene.urgentCase(DETECTED);
        scene.said(neuroChecks(flooded, "waiting"));
        scene.say(List.of(flooded.throughTreatment().get(0)));
        Waits released = probe(WAITING + " waiting events of one patient released", () -> left(flooded) > 0);

        SyntheticCase talked = scene.urgentCase(DETECTED);
        scene.said(talked.throughTreatment().get(0));
        scene.say(neuroChecks(talked, "live"));
        Waits sent = probe(WAITING + " events of an open case sent", () -> left(talked) > 0);

        Printout.print(
                "%d processors".formatted(Runtime.getRuntime().availableProcessors()),
                "fair share",
                "| meanwhile | other patients' events | wait, median s | longest s |\n|---|---|---|---|\n" + idle.row()
                        + released.row() + sent.row());
        assertThat(released.seconds()).isNotEmpty();
    }

    /** One after the other, as long as it lasts. */
    private Waits probe(String what, BooleanSupplier lasts) {
        List<Double> seconds = new ArrayList<>();
        do {
            SyntheticEvent probe = neuroCheck(others.get(probes % others.size()).key(), "probe", probes++);
            long start = System.nanoTime();
            scene.said(probe);
            seconds.add((System.nanoTime() - start) / 1e9);
        } while (lasts.getAsBoolean());
        return new Waits(what, seconds);
    }

    private long left(SyntheticCase patient) {
        return WAITING
                - jdbc.sql("select count(*) from inbox_event where patient_ref = ? and outcome = 'APPLIED'"
                                + " and type = 'ward.neuro-status-recorded'")
                        .param(patient.patientRef())
                        .query(Long.class)
                        .single();
    }

    private static List<SyntheticEvent> neuroChecks(SyntheticCase patient, String name) {
        return IntStream.range(0, WAITING)
                .mapToObj(number -> neuroCheck(patient.patientRef(), name, number))
                .toList();
    }

    private static SyntheticEvent neuroCheck(String patientRef, String name, int number) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("patientRef", patientRef)
                .put("gcs", 15)
                .put("kps", 90)
                .put("flag", "STABLE");
        return new SyntheticEvent(
                EventType.ofShortName("ward.neuro-status-recorded").orElseThrow(),
                "%s-%s-%d".formatted(patientRef, name, number),
                patientRef,
                null,
                DETECTED.plus(Duration.ofMinutes(number + 5)),
                data);
    }
}

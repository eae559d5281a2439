package org.tumorboard.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Scene;

/** What operations see: metrics that are there before anything goes wrong, and say what is so. */
@EngineTest
class MetricsTest {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Scene scene;

    @Autowired
    SettableClock clock;

    @Autowired
    MeterRegistry meters;

    @Autowired
    BacklogGauges backlog;

    @Autowired
    ClockGauges clocks;

    @Test
    void exposesEveryMetricThatDashboardsAndAlertsName() throws IOException {
        scene.happens(suspicion());
        scrape();
        String scrape = scrape();

        Set<String> named = MetricNames.expressions().stream()
                .flatMap(expression -> MetricNames.namedBy(expression).stream())
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(MetricNames.exposedBy(scrape)).containsAll(named);
    }

    @Test
    void showsMetricsToOperationsOnly() {
        assertThat(http.getForEntity("/actuator/prometheus", String.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.withBasicAuth("operations", "guess")
                        .getForEntity("/actuator/prometheus", String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.withBasicAuth("radiology", "test")
                        .getForEntity("/actuator/prometheus", String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(http.withBasicAuth("operations", "test")
                        .getForEntity("/actuator/prometheus", String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void countsEventsAndTheTimeUntilTheyAreApplied() {
        double applied = meters.get("tumorboard.inbox.events")
                .tags("outcome", "APPLIED", "department", "radiology")
                .counter()
                .count();
        double delay = delay();
        SyntheticEvent suspicion = suspicion();
        scene.resetTimeTo(suspicion.time().plus(Duration.ofMinutes(10)));

        scene.said(suspicion);

        scene.awaitQuiet();
        assertThat(meters.get("tumorboard.inbox.events")
                        .tags("outcome", "APPLIED", "department", "radiology")
                        .counter()
                        .count())
                .isEqualTo(applied + 1);
        assertThat(delay()).isCloseTo(delay + 600, within(0.001));
        assertThat(meters.get("tumorboard.inbox.apply").timer().count()).isPositive();
    }

    @Test
    void tellsTheStateOfClocksAgainstNow() {
        SyntheticEvent suspicion = suspicion();
        scene.happens(suspicion);
        clocks.readAgain();
        double running = triage("RUNNING");
        double breached = triage("BREACHED");

        clock.advance(Duration.ofHours(25));
        clocks.readAgain();

        assertThat(running).isPositive();
        assertThat(triage("BREACHED")).isGreaterThan(breached);
        assertThat(gauge("tumorboard.sla.on.time.rate", Tags.of("clock", "triage")))
                .isBetween(0.0, 1.0);
    }

    @Test
    void tellsHowLongEventsAreParked() {
        backlog.readAgain();
        double hours = gauge("tumorboard.inbox.parked", Tags.of("age", "1h-to-24h"));
        double days = gauge("tumorboard.inbox.parked", Tags.of("age", "over-24h"));
        SyntheticEvent early =
                scene.urgentCase(clock.instant()).throughTreatment().get(1);
        scene.resetTimeTo(early.time());
        scene.said(early);

        clock.advance(Duration.ofHours(1));
        backlog.readAgain();
        assertThat(gauge("tumorboard.inbox.parked", Tags.of("age", "1h-to-24h")))
                .isGreaterThan(hours);

        clock.advance(Duration.ofHours(23));
        backlog.readAgain();
        assertThat(gauge("tumorboard.inbox.parked", Tags.of("age", "over-24h"))).isGreaterThan(days);
        assertThat(gauge("tumorboard.inbox.parked.oldest", Tags.empty())).isGreaterThanOrEqualTo(86_400);
    }

    private double triage(String state) {
        return gauge("tumorboard.sla.clocks", Tags.of("clock", "triage", "state", state));
    }

    private double gauge(String name, Tags tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    private double delay() {
        return meters.get("tumorboard.inbox.delay")
                .tags("department", "radiology")
                .timer()
                .totalTime(TimeUnit.SECONDS);
    }

    private SyntheticEvent suspicion() {
        Instant now = clock.instant();
        return scene.urgentCase(now).throughTreatment().get(0);
    }

    private String scrape() {
        backlog.readAgain();
        clocks.readAgain();
        return http.withBasicAuth("operations", "test").getForObject("/actuator/prometheus", String.class);
    }
}

package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockChange;
import org.tumorboard.sla.ClockHistory;
import org.tumorboard.sla.ClockQueries;
import org.tumorboard.sla.ClockRows;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/** Whoever has the dashboard open is told when it may look different, and only as long as they are signed in. */
@EngineTest
class DashboardStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SlaClocks clocks;

    @Autowired
    ClockHistory history;

    @Autowired
    Milestones milestones;

    @Autowired
    ClockQueries queries;

    @Autowired
    ChangeWatch watch;

    @Autowired
    Viewers viewers;

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private ClockRows rows;
    private SlaClock triage;
    private SignedIn person;
    private CompletableFuture<Void> connection;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void someoneLooksAtARunningClock() throws Exception {
        Instant now = clock.instant();
        clock.set(now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(10));
        rows = new ClockRows(jdbc, clocks, history, milestones);
        CaseId caseId =
                rows.aCase("SYN-STREAM", Urgency.URGENT, CaseStatus.PREPARING, "case-preparation", clock.instant());
        triage = ClockRows.aClock(
                caseId, "triage", "neurosurgery", clock.instant().minusSeconds(14_390), Duration.ofSeconds(14_400));
        rows.save(triage);
        rows.append(ClockRows.change(triage, ClockChange.What.STARTED, clock.instant(), null));
        queries.forget();
        person = SignedIn.as("radiology", port);
        HttpResponse<Stream<String>> stream = person.lines("/dashboard/stream");
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        connection = CompletableFuture.runAsync(() -> {
            try {
                stream.body().filter(line -> line.startsWith("event:")).forEach(heard::add);
            } catch (UncheckedIOException ended) {
                heard.add("broken");
            }
        });
        await().atMost(PATIENCE).until(() -> heard.contains("event:heartbeat"));
        watch.runOnce();
        awaitAllHeard();
        heard.clear();
    }

    @AfterEach
    void nobodyLooks() throws Exception {
        rows.close();
        queries.forget();
        person.signOut();
    }

    @Test
    void saysNothingWhileNothingChanges() {
        watch.runOnce();
        clock.advance(Duration.ofSeconds(10));
        watch.runOnce();

        awaitAllHeard();
        assertThat(heard).doesNotContain("event:changed");
    }

    @Test
    void saysThatAClockPassedItsLimit() {
        clock.set(triage.latestAt().plusMillis(1));
        watch.runOnce();

        await().atMost(PATIENCE).until(() -> heard.contains("event:changed"));
    }

    @Test
    void saysThatAClockChangedWhicheverNodeWroteIt() {
        rows.append(ClockRows.change(triage, ClockChange.What.STARTED, clock.instant(), null));
        watch.runOnce();

        await().atMost(PATIENCE).until(() -> heard.contains("event:changed"));
    }

    @Test
    void saysThatAMinuteWentBy() {
        clock.advance(Duration.ofMinutes(1));
        watch.runOnce();

        await().atMost(PATIENCE).until(() -> heard.contains("event:changed"));
    }

    @Test
    void endsWithTheSignOut() throws Exception {
        person.signOut();

        await().atMost(PATIENCE).until(connection::isDone);
        assertThat(heard).doesNotContain("broken");
    }

    @Test
    void endsWhenTheApplicationStops() {
        viewers.stop();

        try {
            await().atMost(PATIENCE).until(connection::isDone);
            assertThat(heard).doesNotContain("broken");
        } finally {
            viewers.start();
        }
    }

    @Test
    void isOnlyForWhoeverIsSignedIn() {
        assertThat(http.getForEntity("/dashboard/stream", String.class).getBody())
                .doesNotContain("event:")
                .contains("autocomplete=\"current-password\"");
    }

    /** What is told arrives in its order. */
    private void awaitAllHeard() {
        viewers.tell("all");
        await().atMost(PATIENCE).until(() -> heard.contains("event:all"));
    }
}

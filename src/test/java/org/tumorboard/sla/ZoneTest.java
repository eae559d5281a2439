package org.tumorboard.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/** Clocks run around the clock: the change from summer time in the JVM's default zone has no effect on them. */
@EngineTest
class ZoneTest {

    /** In the hour that Berlin repeats. */
    private static final Instant T0 = Instant.parse("2026-10-25T00:30:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SlaClocks clocks;

    @Autowired
    ClockHistory history;

    @Autowired
    Milestones milestones;

    private final TimeZone usual = TimeZone.getDefault();
    private ClockRows rows;

    @BeforeEach
    void berlin() {
        rows = new ClockRows(jdbc, clocks, history, milestones);
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void asBefore() {
        TimeZone.setDefault(usual);
        rows.close();
    }

    @Test
    void theWindowStays24To48HoursLong() {
        CaseStory patient = CaseStory.aCase().happened("srs-delivered", T0);

        assertThat(patient.clock("resection-window").earliestAt()).isEqualTo(T0.plus(Duration.ofHours(24)));
        assertThat(patient.clock("resection-window").latestAt()).isEqualTo(T0.plus(Duration.ofHours(48)));
    }

    @Test
    void bothRepeatedHoursComeBackFromTheDatabaseAsTheyWere() {
        CaseId caseId = rows.aCase("SYN-ZONE", Urgency.URGENT, CaseStatus.SRS_DELIVERED, "resection", T0);
        SlaClock first = ClockRows.aWindow(caseId, T0);
        SlaClock second =
                ClockRows.aClock(caseId, "neuro-check", "ward", T0.plus(Duration.ofHours(1)), Duration.ofHours(6));

        rows.save(first, second);

        assertThat(clocks.of(caseId)).containsExactly(first, second);
    }
}

package org.tumorboard.report;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClocks;

/** Puts cases with milestones and clocks straight into the tables, and takes them away again. */
public final class ClockStatisticsRows {

    private static final int BATCH = 5000;
    private static final List<String> OWNERS = List.of(
            "radiology",
            "neurosurgery",
            "gamma-knife",
            "medical-physics",
            "operating-room",
            "pathology",
            "ward",
            "coordination");
    private static final List<String> CLOCKS = List.of(
            "triage",
            "case-ready",
            "board-decision",
            "decision-documented",
            "patient-informed",
            "consents",
            "resources",
            "anaesthesia",
            "srs-delivery",
            "planning",
            "plan-checks",
            "immobilised",
            "postop-imaging",
            "specimen-transport",
            "histology",
            "result-review",
            "neuro-check",
            "follow-up-imaging");

    private final JdbcClient jdbc;
    private final SlaClocks clocks;
    private final Milestones milestones;
    private final String prefix;

    /** @param prefix of the ids of its cases */
    public ClockStatisticsRows(JdbcClient jdbc, SlaClocks clocks, Milestones milestones, String prefix) {
        this.jdbc = jdbc;
        this.clocks = clocks;
        this.milestones = milestones;
        this.prefix = prefix;
    }

    public CaseId aCase(String id, Urgency urgency, Instant opened) {
        jdbc.sql(
                        """
                        insert into tumor_case (case_id, patient_ref, status, urgency, phase, opened_at, closed_at)
                        values (:id, :patient, 'FOLLOW_UP', :urgency, 'follow-up', :opened, :opened)
                        """)
                .param("id", prefix + id)
                .param("patient", "SYN-" + prefix + id)
                .param("urgency", urgency.name())
                .param("opened", Timestamp.from(opened))
                .update();
        return new CaseId(prefix + id);
    }

    public void save(Collection<ARun> runs) {
        clocks.save(
                runs.stream()
                        .map(run -> run.ofCase(prefix + run.caseId()).run())
                        .toList(),
                Instant.EPOCH);
    }

    public void append(List<Milestone> told) {
        milestones.append(told);
    }

    public void reached(CaseId caseId, String name, Instant at) {
        append(List.of(told(caseId, name, at)));
    }

    public static Milestone told(CaseId caseId, String name, Instant at) {
        return Milestone.told(caseId, name, at, at, "test", name);
    }

    public void removeAll() {
        for (String table : List.of("sla_clock", "milestone", "tumor_case")) {
            jdbc.sql("delete from " + table + " where starts_with(case_id, :prefix)")
                    .param("prefix", prefix)
                    .update();
        }
    }

    /** Cases spread evenly over a time, each with 20 runs and its way from detection to incision; always the same. */
    public void many(int cases, Instant from, Instant to) {
        Random random = new Random(7);
        List<ARun> runs = new ArrayList<>();
        List<Milestone> told = new ArrayList<>();
        Duration gap = Duration.between(from, to).dividedBy(cases);
        for (int i = 0; i < cases; i++) {
            Instant detected = from.plus(gap.multipliedBy(i)).plusSeconds(random.nextInt(36_000));
            course(i, detected, random, runs, told);
            if (runs.size() > BATCH || i == cases - 1) {
                save(runs);
                append(told);
                runs.clear();
                told.clear();
            }
        }
        jdbc.sql("analyze sla_clock").update();
        jdbc.sql("analyze milestone").update();
    }

    private void course(int number, Instant detected, Random random, List<ARun> runs, List<Milestone> told) {
        String id = "many-" + number;
        Urgency urgency = random.nextInt(4) == 0 ? Urgency.STANDARD : Urgency.URGENT;
        CaseId caseId = aCase(id, urgency, detected);
        Instant at = detected;
        Instant t0 = detected;
        for (String name : Course.WAY) {
            told.add(told(caseId, name, at));
            t0 = name.equals("srs-delivered") ? at : t0;
            at = at.plus(
                    hours(name.equals("srs-delivered") ? 22 + random.nextGaussian() * 7 + 12 : 3 + random.nextInt(15)));
        }
        Instant incision = told.get(told.size() - 1).at();
        runs.add(ARun.window(t0).ofCase(id).as(urgency).stoppedAt(incision));
        runs.add(ARun.of("detection-to-incision", detected, Duration.ofHours(120))
                .ofCase(id)
                .by("neurosurgery")
                .as(urgency)
                .stoppedAt(incision));
        for (int clock = 0; clock < CLOCKS.size(); clock++) {
            Instant start = detected.plus(hours(random.nextInt(96)));
            ARun run = ARun.of(CLOCKS.get(clock), start, Duration.ofHours(12))
                    .ofCase(id)
                    .by(OWNERS.get(clock % OWNERS.size()))
                    .as(urgency);
            double took = Math.abs(6.5 + random.nextGaussian() * (2.2 + clock * .12));
            runs.add(random.nextInt(40) == 0 ? run : run.stoppedAfter(hours(took)));
        }
    }

    private static Duration hours(double hours) {
        return Duration.ofSeconds((long) (Math.max(.1, hours) * 3600));
    }
}

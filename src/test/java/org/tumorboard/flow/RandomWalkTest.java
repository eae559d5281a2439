package org.tumorboard.flow;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.Policies;
import org.tumorboard.sla.SlaClocks;

/**
 * Hundreds of cases walk side by side, each its own way at random, with everything that may happen to it: nothing breaks,
 * nothing hangs, and each comes to an end.
 */
@EngineTest
@Tag("walk")
class RandomWalkTest {

    private static final Logger LOG = LoggerFactory.getLogger(RandomWalkTest.class);

    private static final int CASES = Integer.getInteger("walk.cases", 300);
    private static final long SEED = Long.getLong("walk.seed", 20_260_302);
    private static final int ROUNDS = Integer.getInteger("walk.rounds", 20);
    private static final int LAST_ROUNDS = 140;

    /** Whoever goes its way at random may go in circles for long. */
    private static final int MAY_STAY_OPEN = CASES / 20;

    /** Short enough that a plan is made and given before the frame must come off. */
    private static final Duration LITTLE = Duration.ofMinutes(45);

    /** Before all other tests' cases, whose timers are not to fire. */
    private static final Instant BEGIN = Instant.parse("2021-03-01T08:00:00Z");

    private static final com.sun.management.OperatingSystemMXBean PROCESS = (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();

    @Autowired
    Scene scene;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    IdentityService identity;

    @Autowired
    EventSchemas schemas;

    @Autowired
    Milestones milestones;

    @Autowired
    SlaClocks clocks;

    @Autowired
    Policies policies;

    @Autowired
    PlatformTransactionManager transactions;

    private final Map<CaseId, Walk> walks = new LinkedHashMap<>();
    private final Map<String, Long> times = new TreeMap<>();
    private final Random random = new Random(SEED);
    private final List<ExceptionMatrix.Row> exceptions = ExceptionMatrix.read().rows();
    private CasesWaiting waiting;
    private DueTimers timers;
    private WalkInvariants invariants;
    private List<FlowNode> anything;
    private final Map<CaseId, String> setAside = new LinkedHashMap<>();
    private final Map<CaseId, String> unexpected = new ConcurrentHashMap<>();
    private Instant now = BEGIN;
    private int looks;

    @BeforeEach
    void atTheBeginning() {
        waiting = new CasesWaiting(jdbc);
        invariants = new WalkInvariants(jdbc, waiting, milestones, clocks, policies, transactions);
        anything = waiting.anywhere();
        timers = new DueTimers(jdbc, management, "WLK-%");
        scene.resetTimeTo(now);
    }

    @Test
    void everyCaseComesToAnEndWhateverHappens() {
        begin();
        for (int round = 0; round < ROUNDS; round++) {
            walk(false);
            pass(Duration.ofMinutes(random.nextInt(5) > 0 ? 20 + random.nextInt(160) : 360 + random.nextInt(1200)));
            holds();
            LOG.debug("round {} at {}: {} open", round, now, open().size());
        }
        Walk.Round back = new Walk.Round();
        walks.values().forEach(walk -> walk.unitIsBack(now, back));
        say(back);
        for (int round = 0; round < LAST_ROUNDS && !isOver(); round++) {
            walk(true);
            pass(LITTLE);
            if (nobodyHasWork()) {
                passUntilATimerFires();
            }
            holds();
            LOG.debug("last round {} at {}: {} open", round, now, open().size());
        }
        report();
        assertThat(open())
                .as(() -> "still open, seed %d: %s"
                        .formatted(
                                SEED, open().stream().map(this::told).limit(5).toList()))
                .hasSizeLessThanOrEqualTo(MAY_STAY_OPEN);
        assertThat(setAside.values().stream().limit(5).toList())
                .as("broken in %d cases of seed %d", setAside.size(), SEED)
                .isEmpty();
    }

    private void begin() {
        Walk.Round round = new Walk.Round();
        for (int i = 0; i < CASES; i++) {
            int number = Scene.nextNumber();
            CaseId caseId = new CaseId("WALK-%d".formatted(i));
            Walk walk = new Walk(
                    caseId,
                    "WLK-%04d".formatted(i),
                    number,
                    BEGIN.minusSeconds(random.nextInt(7200)),
                    SEED + i,
                    schemas);
            walks.put(caseId, walk);
            walk.begin(round);
        }
        say(round);
    }

    private record Standing(String caseId, String patientRef, String status, Instant openedAt, boolean isClosed) {}

    private List<Standing> cases() {
        return jdbc.sql(
                        """
                        select case_id, patient_ref, status, opened_at, closed_at is not null as is_closed
                        from tumor_case where patient_ref like 'WLK-%' order by case_id
                        """)
                .query((row, number) -> new Standing(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getBoolean(5)))
                .list();
    }

    private List<CaseId> open() {
        return cases().stream()
                .filter(one -> !one.isClosed())
                .map(one -> new CaseId(one.caseId()))
                .filter(caseId -> !setAside.containsKey(caseId))
                .toList();
    }

    private void walk(boolean toTheEnd) {
        Walk.Round round = new Walk.Round();
        timed("look", () -> {
            List<Standing> cases = cases();
            Map<CaseId, List<Waiting>> waits = waiting.of(
                    cases.stream().map(one -> new CaseId(one.caseId())).toList());
            for (Standing one : cases) {
                CaseId caseId = new CaseId(one.caseId());
                CaseStatus status = CaseStatus.valueOf(one.status());
                Walk walk = walks.computeIfAbsent(caseId, id -> next(one));
                List<Waiting> steps = waits.getOrDefault(caseId, List.of());
                if (setAside.containsKey(caseId)) {
                    continue;
                }
                if (toTheEnd) {
                    walk.finish(steps, now, round);
                } else if (one.isClosed()) {
                    walk.lateWord(exceptions, status, now, round);
                } else {
                    walk.goOn(steps, status, exceptions, anything, now, round);
                }
            }
        });
        timed("enter", () -> round.entered().stream().collect(groupingBy(Walk.Entry::walk)).values().parallelStream()
                .forEach(entries -> entries.forEach(this::enter)));
        unexpected.forEach((caseId, what) -> setAside(caseId, List.of(what)));
        unexpected.clear();
        timed("say", () -> say(round));
    }

    /** The linked case of a tumour that came back. */
    private Walk next(Standing linked) {
        return new Walk(
                new CaseId(linked.caseId()),
                linked.patientRef(),
                Scene.nextNumber(),
                linked.openedAt(),
                SEED + CASES + walks.size(),
                schemas);
    }

    private void say(Walk.Round round) {
        if (!round.said().isEmpty()) {
            scene.say(round.said());
            scene.awaitQuiet();
        }
    }

    /** Somebody of the step's group enters it; who may not is refused, and what has been done meanwhile is gone. */
    private void enter(Walk.Entry entry) {
        Map<String, Object> form = new HashMap<>();
        entry.form().properties().forEach(field -> form.put(field.getKey(), scalar(field.getValue())));
        try {
            if (entry.step().isForAPerson()) {
                identity.setAuthentication(entry.person(), List.of("camunda-admin"));
            }
            if (tasks.createTaskQuery().taskId(entry.step().taskId()).count() == 1) {
                complete(entry.step().taskId(), form);
            }
        } catch (ProcessEngineException refused) {
            count("entry refused: " + refused.getMessage());
        } catch (RuntimeException e) {
            unexpected.put(entry.walk().caseId(), entry.step().elementId() + ": " + e.getMessage());
        } finally {
            identity.clearAuthentication();
        }
    }

    /** Where one person alone may not, a second enters the same. */
    private void complete(String task, Map<String, Object> form) {
        try {
            tasks.complete(task, form);
        } catch (ProcessEngineException refused) {
            if (!String.valueOf(refused.getMessage()).contains("Kept for a second person")) {
                throw refused;
            }
            identity.setAuthentication("second", List.of("camunda-admin"));
            tasks.complete(task, form);
        }
    }

    private static Object scalar(com.fasterxml.jackson.databind.JsonNode value) {
        return value.isBoolean()
                ? value.asBoolean()
                : value.isInt() ? value.asInt() : value.isNumber() ? value.asDouble() : value.asText();
    }

    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        scene.resetTimeTo(now);
        timed("timers", () -> timers.fire(now));
    }

    private boolean isOver() {
        return open().size() <= MAY_STAY_OPEN;
    }

    private boolean nobodyHasWork() {
        return waiting
                .of(cases().stream()
                        .map(one -> new CaseId(one.caseId()))
                        .filter(caseId -> !setAside.containsKey(caseId))
                        .toList())
                .values()
                .stream()
                .flatMap(List::stream)
                .noneMatch(step -> step.isTask() && step.isProgress());
    }

    private void passUntilATimerFires() {
        timers.next()
                .filter(due -> due.isAfter(now))
                .ifPresent(due -> pass(Duration.between(now, due).plusSeconds(1)));
    }

    private void holds() {
        assertThat(
                        lines(
                                """
                        select type || ' ' || reason || ' ' || coalesce(data::text, '') from inbox_event
                        where id like 'WLK-%' and outcome = 'REFUSED'
                          and (reason like 'data%' or reason like 'type%' or reason like 'time%') limit 5
                        """))
                .as("what was said must be valid")
                .isEmpty();
        timed("invariants", () -> {
            invariants.broken("WLK-%", now, looks++).forEach(this::setAside);
        });
    }

    /** A case that is broken is told as it was and left alone; the others go on, so that one run shows all faults. */
    private void setAside(CaseId caseId, List<String> what) {
        if (!setAside.containsKey(caseId)) {
            LOG.warn("{} at {}: {}, open: {}", caseId, now, what, openElements(caseId));
            setAside.put(caseId, "%s at %s%n%s".formatted(what, now, told(caseId)));
        }
    }

    /** The case and all that was said of it, for whoever looks for the fault. */
    private String told(CaseId caseId) {
        List<String> events = jdbc.sql(
                        """
                        select e.clinical_at || ' ' || e.received_at || ' ' || e.type || ' ' || e.id || ' ' || e.outcome || ' ' || coalesce(e.reason, '')
                          || ' ' || e.data
                        from inbox_event e where e.id like ? order by e.seq
                        """)
                .param(jdbc.sql("select patient_ref from tumor_case where case_id = ?")
                                .param(caseId.value())
                                .query(String.class)
                                .single()
                        + "-%")
                .query(String.class)
                .list();
        List<String> closings = jdbc.sql(
                        "select closed_at || ' ' || element_id || ' ' || how || ' ' || source || ' ' || facts from"
                                + " step_closing where case_id = ? order by seq")
                .param(caseId.value())
                .query(String.class)
                .list();
        return "%s, open: %s, status %s%n  %s%n closed steps:%n  %s"
                .formatted(
                        walks.get(caseId),
                        openElements(caseId),
                        scene.status(caseId),
                        String.join("\n  ", events),
                        String.join("\n  ", closings));
    }

    private List<String> openElements(CaseId caseId) {
        return waiting.of(List.of(caseId)).getOrDefault(caseId, List.of()).stream()
                .map(Waiting::elementId)
                .toList();
    }

    private void report() {
        LOG.info("{} cases of seed {}, {} rounds, {} timers fired", cases().size(), SEED, ROUNDS, timers.fired());
        cases().stream()
                .collect(groupingBy(Standing::status, TreeMap::new, counting()))
                .forEach((status, number) -> LOG.info("  {} {}", status, number));
        lines(
                        """
                        select type || ': ' || string_agg(outcome || ' ' || n, ', ' order by outcome) from (
                          select type, outcome, count(*) as n from inbox_event where id like 'WLK-%' group by 1, 2) counted
                        group by type order by type
                        """)
                .forEach(line -> LOG.info("  {}", line));
        lines(
                        """
                        select 'refused: ' || type || ' ' || reason || ' ' || n from (
                          select type, regexp_replace(reason, '[0-9]+', '#', 'g') as reason, count(*) as n from inbox_event
                          where id like 'WLK-%' and outcome = 'REFUSED' group by 1, 2) counted
                        order by 1
                        """)
                .forEach(line -> LOG.info("  {}", line));
        counts.forEach((what, number) -> LOG.info("  {} {}", what, number));
        LOG.info("  CPU of this process {} s", PROCESS.getProcessCpuTime() / 1_000_000_000);
        times.forEach((what, millis) -> LOG.info("  {} took {} ms", what, millis));
    }

    private List<String> lines(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    private void timed(String what, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        times.merge(what, (System.nanoTime() - begun) / 1_000_000, Long::sum);
    }
}

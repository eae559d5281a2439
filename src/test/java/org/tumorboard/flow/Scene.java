package org.tumorboard.flow;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.Departments;
import org.tumorboard.SettableClock;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockState;
import org.tumorboard.sla.SlaClock;
import org.tumorboard.sla.SlaClocks;

/** What a test of the flow does and sees: departments speak, time passes, coordinators work, the API answers. */
public class Scene {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Departments departments;
    private final SettableClock clock;
    private final TaskService tasks;
    private final IdentityService identity;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final SlaClocks clocks;
    private final TestRestTemplate http;

    Scene(
            Departments departments,
            SettableClock clock,
            TaskService tasks,
            IdentityService identity,
            ManagementService management,
            JdbcClient jdbc,
            SlaClocks clocks,
            TestRestTemplate http) {
        this.departments = departments;
        this.clock = clock;
        this.tasks = tasks;
        this.identity = identity;
        this.management = management;
        this.jdbc = jdbc;
        this.clocks = clocks;
        this.http = http.withBasicAuth("admin", "test");
    }

    /** A number that no other test's patient has. */
    public static int nextNumber() {
        return NUMBERS.getAndIncrement();
    }

    /** The case that the first of these events opens. */
    public static CaseId caseOf(List<SyntheticEvent> events) {
        SyntheticEvent opening = events.stream()
                .filter(event -> event.type().name().equals("recurrence-suspected"))
                .findFirst()
                .orElseThrow();
        return opening.subject() != null
                ? new CaseId(opening.subject())
                : CaseId.openedBy(new EventIdentity(opening.source(), opening.id()));
    }

    /** Departments say this, all at once. */
    public void say(Collection<SyntheticEvent> events) {
        departments.say(events);
    }

    /** Departments say this, all at once, and the inbox has decided about each. */
    public void said(Collection<SyntheticEvent> events) {
        departments.say(events);
        awaitDecided(events);
    }

    public void said(SyntheticEvent... events) {
        said(List.of(events));
    }

    /** Each event is said at its clinical time; timers that are due by then have fired before it. */
    public void happens(List<SyntheticEvent> events) {
        for (SyntheticEvent event : events.stream()
                .sorted(Comparator.comparing(SyntheticEvent::time))
                .toList()) {
            timeIs(event.time());
            said(event);
        }
    }

    public void happens(SyntheticEvent... events) {
        happens(List.of(events));
    }

    /** All of it has happened by now, and departments say it only now, all at once; no timer has fired meanwhile. */
    public void hasHappened(List<SyntheticEvent> events) {
        events.stream()
                .map(SyntheticEvent::time)
                .filter(clock.instant()::isBefore)
                .max(Comparator.naturalOrder())
                .ifPresent(clock::set);
        say(events);
        awaitQuiet();
    }

    /** The clock stands there now, and the timers due by then have fired. */
    public void timeIs(Instant instant) {
        if (instant.isAfter(clock.instant())) {
            clock.set(instant);
        }
        fireTimers();
    }

    /** Time passes for the case: whatever its timers wake for on the way happens when it is due. */
    public void timePasses(CaseId caseId, Instant until) {
        for (Instant due = nextTimer(caseId); due.isBefore(until); due = nextTimer(caseId)) {
            timeIs(due);
        }
        timeIs(until);
    }

    private Instant nextTimer(CaseId caseId) {
        return jdbc.sql(
                        """
                        select coalesce(min(j.duedate_), 'infinity') from act_ru_job j
                        join act_ru_execution e on e.id_ = j.process_instance_id_ where e.business_key_ = ?
                        """)
                .param(caseId.value())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    public void resetTimeTo(Instant instant) {
        clock.set(instant);
    }

    /** Fires what is due, in the order of due dates, as the job executor would. */
    public void fireTimers() {
        for (List<Job> due = due(); !due.isEmpty(); due = due()) {
            due.forEach(job -> {
                if (management.createJobQuery().jobId(job.getId()).count() == 1) {
                    management.executeJob(job.getId());
                }
            });
        }
    }

    private List<Job> due() {
        return management
                .createJobQuery()
                .executable()
                .duedateLowerThan(java.util.Date.from(clock.instant().plusMillis(1)))
                .orderByJobDuedate()
                .asc()
                .list();
    }

    /** The case's open task for that step. */
    public Task task(CaseId caseId, String elementId) {
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(caseId.value())
                .taskDefinitionKey(elementId)
                .singleResult();
        assertThat(task).as("open task %s of case %s", elementId, caseId).isNotNull();
        return task;
    }

    /** A person completes the step by hand; where it needs two, two enter the same. */
    public void byHand(CaseId caseId, String elementId, Map<String, Object> form) {
        if (List.of("Task_CompleteDelivery", "Task_StartSurgery", "Task_StartUrgentSurgery")
                .contains(elementId)) {
            assertThatThrownBy(() -> byHandAs("first", caseId, elementId, form))
                    .hasMessageContaining("Kept for a second person");
            byHandAs("second", caseId, elementId, form);
        } else {
            tasks.complete(task(caseId, elementId).getId(), form);
        }
    }

    /** A signed-in person completes the step by hand. */
    public void byHandAs(String person, CaseId caseId, String elementId, Map<String, Object> form) {
        String task = task(caseId, elementId).getId();
        identity.setAuthentication(person, List.of("camunda-admin"));
        try {
            tasks.complete(task, form);
        } finally {
            identity.clearAuthentication();
        }
    }

    /** A person completes one of several open tasks of that kind by hand. */
    public void byHandAny(CaseId caseId, String elementId, Map<String, Object> form) {
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(caseId.value())
                .taskDefinitionKey(elementId)
                .list()
                .get(0);
        tasks.complete(task.getId(), form);
    }

    public JsonNode caseFromApi(CaseId caseId) {
        return http.getForObject("/api/cases/" + caseId, JsonNode.class);
    }

    public JsonNode eventsFromApi(CaseId caseId) {
        return http.getForObject("/api/cases/" + caseId + "/events", JsonNode.class);
    }

    public String status(CaseId caseId) {
        return jdbc.sql("select status from tumor_case where case_id = ?")
                .param(caseId.value())
                .query(String.class)
                .single();
    }

    /** The newest clinical time of each milestone. */
    public Map<String, Instant> milestones(CaseId caseId) {
        return jdbc
                .sql("select name, at from milestone where case_id = ? order by seq")
                .param(caseId.value())
                .query((row, number) ->
                        Map.entry(row.getString("name"), row.getTimestamp("at").toInstant()))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second));
    }

    /** Every milestone ever recorded for the case, with its clinical time, in no particular order. */
    public List<String> milestoneRecord(CaseId caseId) {
        return jdbc.sql("select name || ' ' || at from milestone where case_id = ? order by name, at")
                .param(caseId.value())
                .query(String.class)
                .list();
    }

    public String outcome(SyntheticEvent event) {
        return jdbc.sql("select outcome from inbox_event where source = ? and id = ?")
                .params(event.source(), event.id())
                .query(String.class)
                .optional()
                .orElse("UNKNOWN");
    }

    public String reason(SyntheticEvent event) {
        return jdbc.sql("select coalesce(reason, '') from inbox_event where source = ? and id = ?")
                .params(event.source(), event.id())
                .query(String.class)
                .single();
    }

    /** Ids of the pathway's steps that wait for somebody. */
    public List<String> openTasks(CaseId caseId) {
        return openTasks(caseId, task -> !isEscalation(task));
    }

    /** Ids of the tasks by which somebody takes over a clock. */
    public List<String> escalations(CaseId caseId) {
        return openTasks(caseId, Scene::isEscalation);
    }

    private List<String> openTasks(CaseId caseId, Predicate<Task> which) {
        return tasks.createTaskQuery().processInstanceBusinessKey(caseId.value()).list().stream()
                .filter(which)
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    private static boolean isEscalation(Task task) {
        return task.getProcessDefinitionId().startsWith("sla-escalation");
    }

    /** The runs of the case's clocks. */
    public List<SlaClock> clocks(CaseId caseId) {
        return clocks.of(caseId);
    }

    /** The last run of one of the case's clocks. */
    public SlaClock clock(CaseId caseId, String name) {
        return clocks(caseId).stream()
                .filter(run -> run.clock().equals(name))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("expected a run of " + name + " for case " + caseId));
    }

    public ClockState state(CaseId caseId, String name) {
        return clock(caseId, name).state(clock.instant());
    }

    /** When the case's watch wakes next. */
    public Instant nextNudge(CaseId caseId) {
        return jdbc.sql(
                        """
                        select j.duedate_ from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
                        where e.business_key_ = ? and j.process_def_key_ = 'sla-watch'
                        """)
                .param(caseId.value())
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    public void awaitDecided(Collection<SyntheticEvent> events) {
        String[] sources = events.stream().map(SyntheticEvent::source).toArray(String[]::new);
        String[] ids = events.stream().map(SyntheticEvent::id).toArray(String[]::new);
        long distinct = events.stream()
                .map(event -> event.source() + " " + event.id())
                .distinct()
                .count();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> jdbc.sql(
                                        """
                                select count(*) from inbox_event
                                join (select distinct source, id from unnest(?::text[], ?::text[]) as a (source, id)) asked
                                  using (source, id)
                                where not (outcome = 'PARKED' and awaits_turn)
                                """)
                                .params(sources, ids)
                                .query(Long.class)
                                .single()
                        == distinct);
    }

    /** What waited for a person's work is taken up right after it. */
    public void awaitOpenTasks(CaseId caseId, String... elementIds) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> assertThat(openTasks(caseId))
                .containsExactlyInAnyOrder(elementIds));
    }

    /** The inbox has decided about everything sent so far. */
    public void awaitQuiet() {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> departments.unread() == 0 && untried() == 0);
    }

    /** Events that wait for their turn. */
    private long untried() {
        return jdbc.sql("select count(*) from inbox_event where outcome = 'PARKED' and awaits_turn")
                .query(Long.class)
                .single();
    }

    /** Nothing waits in the outbox any more. */
    public void awaitSent() {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select count(*) from outbox_message where sent_at is null")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    public SyntheticCase urgentCase(Instant detectedAt) {
        return aCase(Urgency.URGENT, detectedAt);
    }

    public SyntheticCase aCase(Urgency urgency, Instant detectedAt) {
        return SyntheticCase.of(nextNumber(), detectedAt, urgency, 1);
    }
}

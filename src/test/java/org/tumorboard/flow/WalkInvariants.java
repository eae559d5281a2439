package org.tumorboard.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.sla.CaseClocks;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.Policies;
import org.tumorboard.sla.SlaClocks;

/** What must hold of every case at every moment, whatever has happened to it; a few statements for all cases. */
final class WalkInvariants {

    private static final int PARTS = 4;

    private final JdbcClient jdbc;
    private final CasesWaiting casesWaiting;
    private final Milestones milestones;
    private final SlaClocks clocks;
    private final Policies policies;
    private final TransactionTemplate atOneMoment;

    WalkInvariants(
            JdbcClient jdbc,
            CasesWaiting casesWaiting,
            Milestones milestones,
            SlaClocks clocks,
            Policies policies,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.casesWaiting = casesWaiting;
        this.milestones = milestones;
        this.clocks = clocks;
        this.policies = policies;
        this.atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setReadOnly(true);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    private record Standing(String caseId, String status, boolean isClosed) {

        CaseId id() {
            return new CaseId(caseId);
        }
    }

    /**
     * What is broken, by case.
     *
     * @param patients a pattern of their references, as in SQL
     * @param look counts up: at each look the clocks of another part of the cases are told anew
     */
    Map<CaseId, List<String>> broken(String patients, Instant now, int look) {
        return atOneMoment.execute(transaction -> {
            Map<CaseId, List<String>> broken = new TreeMap<>(java.util.Comparator.comparing(CaseId::value));
            List<Standing> cases = cases(patients);
            String[] ids = cases.stream().map(Standing::caseId).toArray(String[]::new);
            find(broken, "the engine has given up", INCIDENTS, ids);
            find(broken, "an event failed", FAILED_EVENTS, ids);
            find(broken, "a closed case has something open", LEFT_OPEN, ids);
            find(broken, "a notification was numbered twice", NUMBERED_TWICE, ids);
            find(broken, "a closed case holds a booking that it never used", HELD_ON_CLOSED, ids);
            find(broken, "a holder was told twice, or of what was not released", TOLD_TOO_OFTEN, ids);
            statuses(broken, cases);
            stuck(broken, cases);
            clocks(
                    broken,
                    cases.stream()
                            .filter(one -> Math.floorMod(one.caseId().hashCode(), PARTS) == look % PARTS)
                            .toList(),
                    now);
            return broken;
        });
    }

    private static final String INCIDENTS =
            """
            select e.business_key_ as case_id, coalesce(i.incident_msg_, i.activity_id_) as what
            from act_ru_incident i join act_ru_execution e on e.id_ = i.proc_inst_id_
            where e.business_key_ = any(:cases)
            union all
            select e.business_key_, 'job without retries at ' || coalesce(j.exception_msg_, j.handler_type_)
            from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
            where e.business_key_ = any(:cases) and j.retries_ <= 0
            """;

    private static final String FAILED_EVENTS =
            """
            select case_id, type || ' ' || id || ': ' || reason as what from inbox_event
            where outcome = 'FAILED' and case_id = any(:cases)
            union all
            select c.case_id, e.type || ' ' || e.id || ': ' || e.reason
            from inbox_event e join tumor_case c on c.patient_ref = e.patient_ref
            where e.outcome = 'FAILED' and e.case_id is null and c.case_id = any(:cases)
            """;

    /** A morbidity review is all that may be left, and only after a death. */
    private static final String LEFT_OPEN =
            """
            with closed as (
              select c.case_id, e.id_ as instance, exists (
                select from act_ru_task t where t.proc_inst_id_ = e.id_ and c.status = 'DECEASED'
                  and t.task_def_key_ = 'Task_ReviewMorbidity') as is_reviewed
              from tumor_case c join act_ru_execution e on e.business_key_ = c.case_id
              where c.case_id = any(:cases) and c.closed_at is not null)
            select case_id, t.task_def_key_ as what from closed join act_ru_task t on t.proc_inst_id_ = instance
              where t.task_def_key_ <> 'Task_ReviewMorbidity' or not is_reviewed
            union all select case_id, 'timer at ' || j.handler_cfg_ from closed
              join act_ru_job j on j.process_instance_id_ = instance
            union all select case_id, 'waits for ' || s.event_name_ from closed
              join act_ru_event_subscr s on s.proc_inst_id_ = instance
            union all select case_id, 'runs at ' || x.act_id_ from closed
              join act_ru_execution x on x.proc_inst_id_ = instance
              where not is_reviewed and x.act_id_ is not null
            """;

    private static final String NUMBERED_TWICE =
            """
            select key as case_id, type || ' ' || message_id as what from outbox_message
            where key = any(:cases) group by key, type, message_id having count(*) > 1
            """;

    /** What was used stays with the case: the slot in which it was irradiated, theatre and bed of its operation. */
    private static final String HELD_ON_CLOSED =
            """
            select c.case_id, b.ref as what from resource_booking b join tumor_case c using (case_id)
            where c.case_id = any(:cases) and c.closed_at is not null and b.state = 'HELD' and not exists (
              select from milestone m where m.case_id = c.case_id
                and m.name = any(case b.kind when 'gamma-knife-slot' then array['delivery-started', 'srs-delivered']
                  else array['incision', 'surgery-ended'] end))
            """;

    private static final String TOLD_TOO_OFTEN =
            """
            select m.key as case_id, m.resource || ' ' || m.ref || ' ' || m.times || ' times' as what
            from (
              select key, payload ->> 'resource' as resource, payload ->> 'resourceRef' as ref, count(*) as times
              from outbox_message where key = any(:cases) and type like '%.resources-released.v1' group by 1, 2, 3) m
            where m.times > (
              select count(*) from resource_booking b
              where b.case_id = m.key and b.kind = m.resource and b.ref = m.ref and b.state = 'RELEASED')
            """;

    private static final String TIMERS =
            """
            select distinct e.business_key_ from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
            where e.business_key_ = any(?) and j.process_def_key_ <> 'sla-watch'
            """;

    private List<Standing> cases(String patients) {
        return jdbc.sql(
                        """
                        select case_id, status, closed_at is not null as is_closed from tumor_case
                        where patient_ref like ?
                        """)
                .param(patients)
                .query(Standing.class)
                .list();
    }

    private record Found(String caseId, String what) {}

    private void find(Map<CaseId, List<String>> broken, String rule, String sql, String[] cases) {
        jdbc.sql(sql)
                .param("cases", cases)
                .query(Found.class)
                .list()
                .forEach(found -> add(broken, new CaseId(found.caseId()), rule + ": " + found.what()));
    }

    private static void statuses(Map<CaseId, List<String>> broken, List<Standing> cases) {
        cases.stream()
                .filter(one -> CaseStatus.valueOf(one.status()).isClosed() != one.isClosed())
                .forEach(one -> add(broken, one.id(), "status and end disagree: " + one));
    }

    /** An open case has a step for somebody, an event that its phase waits for, or a timer of a phase. */
    private void stuck(Map<CaseId, List<String>> broken, List<Standing> cases) {
        List<CaseId> open =
                cases.stream().filter(one -> !one.isClosed()).map(Standing::id).toList();
        Map<CaseId, List<Waiting>> waiting = casesWaiting.of(open);
        Set<String> timed = jdbc
                .sql(TIMERS)
                .param(open.stream().map(CaseId::value).toArray(String[]::new))
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toSet());
        open.stream()
                .filter(id -> waiting.getOrDefault(id, List.of()).stream().noneMatch(Waiting::isProgress))
                .filter(id -> !timed.contains(id.value()))
                .forEach(id -> add(broken, id, "nothing can move it any more"));
    }

    /** Told anew from the ledger, no clock is another one. */
    private void clocks(Map<CaseId, List<String>> broken, List<Standing> cases, Instant now) {
        List<CaseId> ids = cases.stream().map(Standing::id).toList();
        var stored = clocks.of(ids);
        var recorded = milestones.of(ids);
        for (CaseId id : ids) {
            CaseClocks told = new CaseClocks(id, policies, stored.getOrDefault(id, List.of()));
            told.follow(Ledger.of(recorded.getOrDefault(id, List.of())), now, CaseClocks.Cause.TIME);
            told.changed()
                    .forEach(run -> add(
                            broken,
                            id,
                            "clock differs from what the ledger tells: stored %s, told %s"
                                    .formatted(
                                            stored.getOrDefault(id, List.of()).stream()
                                                    .filter(one -> one.key().equals(run.key()))
                                                    .toList(),
                                            run)));
        }
    }

    private static void add(Map<CaseId, List<String>> broken, CaseId caseId, String what) {
        broken.computeIfAbsent(caseId, id -> new ArrayList<>()).add(what);
    }
}

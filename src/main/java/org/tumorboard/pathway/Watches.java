package org.tumorboard.pathway;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.sla.Announcement;
import org.tumorboard.sla.CaseClocks;

/**
 * The running instances of {@code sla-watch} and {@code sla-escalation}. Each case with a threshold ahead has one watch,
 * whose single timer stands on the nearest; a closed case has none of either.
 */
@Component
class Watches {

    static final String WATCH = "sla-watch";
    static final String ESCALATION = "sla-escalation";

    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final ObjectMapper json;
    private final Clock clock;

    Watches(JdbcClient jdbc, @Lazy RuntimeService runtime, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.json = json;
        this.clock = clock;
    }

    /**
     * An instance.
     *
     * @param model {@link #WATCH} or {@link #ESCALATION}
     * @param jobId its timer; null for an escalation
     */
    private record Instance(CaseId caseId, String id, String model, @Nullable String jobId, @Nullable Instant dueAt) {}

    /** Starts, moves or ends the watches of these cases as their clocks stand now. */
    void bringInLine(Collection<CaseFile> files) {
        Map<CaseId, List<Instance>> instances = instances(
                files.stream().filter(file -> !file.isNew()).map(CaseFile::id).toList());
        Map<String, Instant> moved = new LinkedHashMap<>();
        List<CaseId> unwatched = new ArrayList<>();
        List<String> needless = new ArrayList<>();
        for (CaseFile file : files) {
            List<Instance> present = instances.getOrDefault(file.id(), List.of());
            if (!file.row().isOpen()) {
                present.forEach(instance -> needless.add(instance.id()));
                continue;
            }
            needless.addAll(withdrawn(file, present));
            Optional<Instance> watch =
                    present.stream().filter(one -> one.model().equals(WATCH)).findFirst();
            Optional<Instant> nudge = nudge(file.clocks().orElseThrow());
            boolean hasLostItsTimer = watch.isPresent() && watch.get().jobId() == null;
            if (hasLostItsTimer) {
                needless.add(watch.get().id());
            }
            if (watch.isEmpty() || hasLostItsTimer) {
                nudge.ifPresent(at -> unwatched.add(file.id()));
            } else {
                Instant dueAt = nudge.orElseGet(clock::instant);
                if (!dueAt.equals(watch.get().dueAt())) {
                    moved.put(watch.get().jobId(), dueAt);
                }
            }
        }
        move(moved);
        end(needless);
        start(unwatched);
    }

    /** The first millisecond, the engine's measure, at which the nearest threshold is passed. */
    static Optional<Instant> nudge(CaseClocks clocks) {
        return clocks.nearest().map(at -> at.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
    }

    void startEscalation(CaseId caseId, Announcement announcement) {
        runtime.startProcessInstanceByKey(
                ESCALATION,
                caseId.value(),
                Map.of(
                        "caseId", caseId.value(),
                        "escalationClock", announcement.clock().clock(),
                        "escalationAnchor", announcement.clock().anchor(),
                        "escalationLevel", announcement.level(),
                        "escalationDueAt", announcement.at().toString()));
    }

    private Map<CaseId, List<Instance>> instances(List<CaseId> cases) {
        if (cases.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(
                        """
                        select e.business_key_, e.id_, split_part(e.proc_def_id_, ':', 1) as model, j.id_ as job, j.duedate_
                        from act_ru_execution e left join act_ru_job j on j.process_instance_id_ = e.id_
                        where e.business_key_ = any(:cases) and e.parent_id_ is null
                          and split_part(e.proc_def_id_, ':', 1) in ('sla-watch', 'sla-escalation')
                        """)
                .param("cases", CaseTable.values(cases))
                .query((row, number) -> new Instance(
                        new CaseId(row.getString("business_key_")),
                        row.getString("id_"),
                        row.getString("model"),
                        row.getString("job"),
                        row.getTimestamp("duedate_") == null
                                ? null
                                : row.getTimestamp("duedate_").toInstant()))
                .list()
                .stream()
                .collect(groupingBy(Instance::caseId));
    }

    /** The escalations that came of announcements which no longer hold. */
    private List<String> withdrawn(CaseFile file, List<Instance> present) {
        List<CaseClocks.Withdrawal> withdrawals = file.clocks().orElseThrow().takeWithdrawals();
        if (withdrawals.isEmpty()) {
            return List.of();
        }
        return present.stream()
                .filter(instance -> instance.model().equals(ESCALATION))
                .map(Instance::id)
                .filter(id -> withdrawals.stream().anyMatch(withdrawal -> isAbout(id, withdrawal)))
                .toList();
    }

    private boolean isAbout(String instance, CaseClocks.Withdrawal withdrawal) {
        return withdrawal.clock().clock().equals(runtime.getVariable(instance, "escalationClock"))
                && withdrawal.clock().anchor().equals(runtime.getVariable(instance, "escalationAnchor"))
                && Integer.valueOf(withdrawal.level()).equals(runtime.getVariable(instance, "escalationLevel"));
    }

    /** One statement for all timers: the engine itself would read and write each of them alone. */
    private void move(Map<String, Instant> dueDates) {
        if (dueDates.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update act_ru_job j set duedate_ = cast(m.value as timestamptz), rev_ = j.rev_ + 1
                        from jsonb_each_text(cast(:moved as jsonb)) m where j.id_ = m.key
                        """)
                .param("moved", text(dueDates))
                .update();
    }

    private void end(List<String> instances) {
        instances.forEach(
                id -> runtime.deleteProcessInstance(id, "the case is closed, or what it was about was corrected"));
    }

    private void start(List<CaseId> cases) {
        cases.forEach(id -> runtime.startProcessInstanceByKey(WATCH, id.value(), Map.of("caseId", id.value())));
    }

    private String text(Map<String, Instant> dueDates) {
        try {
            return json.writeValueAsString(dueDates);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected due dates to be JSON", e);
        }
    }
}

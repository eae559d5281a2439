package org.tumorboard.pathway;

import static org.tumorboard.event.Groups.BOARD_CHAIR;
import static org.tumorboard.event.Groups.COORDINATION;
import static org.tumorboard.event.Groups.MEDICAL_DIRECTION;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.Department;
import org.tumorboard.outbox.Acknowledgements;
import org.tumorboard.outbox.Told;

/**
 * What nobody of a department acknowledges in time is told to the next level: its lead, then coordination and
 * board-chair, then medical-direction, with as much time between them as the department had. A group without a topic is
 * named in the message to coordination. It ends when somebody acknowledges it, the work is done or the case is closed.
 */
@Component
class OverdueAcknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueAcknowledgements.class);
    private static final int AT_ONCE = 100;
    private static final int LAST_LEVEL = 3;

    private final Acknowledgements acknowledgements;
    private final CaseFiles files;
    private final Notifier notifier;
    private final CatchUp catchUp;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OverdueAcknowledgements(
            Acknowledgements acknowledgements,
            CaseFiles files,
            Notifier notifier,
            CatchUp catchUp,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.acknowledgements = acknowledgements;
        this.files = files;
        this.notifier = notifier;
        this.catchUp = catchUp;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${tumorboard.acknowledgements.look-every}")
    void tick() {
        try {
            if (!acknowledgements.overdue(1).isEmpty() && !catchUp.isUnderWay()) {
                runOnce();
            }
        } catch (DataAccessException e) {
            LOG.warn("overdue acknowledgements are looked for again: {}", e.toString());
        }
    }

    /** Tells the next level of what is overdue now; each in a transaction of its own, so that one holds up no other. */
    void runOnce() {
        int told;
        do {
            told = (int) acknowledgements.overdue(AT_ONCE).stream()
                    .filter(this::isEscalated)
                    .count();
        } while (told == AT_ONCE);
    }

    private boolean isEscalated(Told told) {
        try {
            transaction.executeWithoutResult(status -> escalate(told));
            return true;
        } catch (DataAccessException | IllegalStateException e) {
            LOG.warn(
                    "case {}: {} of {} is not acknowledged, and telling so failed: {}",
                    told.caseId(),
                    told.name(),
                    told.department(),
                    e.toString());
            return false;
        }
    }

    private void escalate(Told told) {
        CaseFile file = files.of(told.caseId());
        if (file.status().isClosed() || isDone(told)) {
            acknowledgements.needless(told);
            return;
        }
        int level = Math.min(told.escalatedLevel() + 1, LAST_LEVEL);
        if (acknowledgements.escalated(told, level) && level > told.escalatedLevel()) {
            tell(file, told, level);
        }
    }

    /** Whoever did the work has seen that it was asked for. */
    private boolean isDone(Told told) {
        String task = told.payload().path("taskRef").asText();
        return !task.isEmpty()
                && jdbc.sql("select not exists (select 1 from act_ru_task where id_ = :task)")
                        .param("task", task)
                        .query(Boolean.class)
                        .single();
    }

    private void tell(CaseFile file, Told told, int level) {
        Set<String> groups = groups(told.department(), level);
        Map<String, Object> said = new HashMap<>(Map.of(
                "occurredAt", told.toldAt().toString(),
                "notification", told.name(),
                "department", told.department(),
                "level", level,
                "groups", List.copyOf(groups),
                "dueAt", String.valueOf(told.acknowledgeBy())));
        if (told.payload().has("step")) {
            said.put("step", told.payload().path("step").asText());
        }
        groups.stream()
                .flatMap(group -> Department.of(group).stream())
                .forEach(department ->
                        file.tell(notifier.message(file, "acknowledgement-overdue", department, said, null)));
    }

    private static Set<String> groups(String department, int level) {
        Set<String> groups = new LinkedHashSet<>(List.of(department));
        if (level >= 2) {
            groups.addAll(List.of(COORDINATION, BOARD_CHAIR));
        }
        if (level >= LAST_LEVEL) {
            groups.add(MEDICAL_DIRECTION);
        }
        return groups;
    }
}

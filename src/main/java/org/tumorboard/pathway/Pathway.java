package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;

/** What the inbox asks of the pathway: which cases there are, what they wait for, and to move them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Pathway {

    private final CaseFiles files;
    private final CaseOpening opening;
    private final Corrections corrections;
    private final ClosingTable closings;
    private final PatientAliases aliases;
    private final ParkedEventTasks parkedEvents;
    private final PauseRule pauses;
    private final Elements elements;
    private final KnownSteps steps;
    private final WaitingSteps waitingSteps;
    private final CurrentEvent current;
    private final ProcessEngineConfigurationImpl engine;
    private final TaskService tasks;
    private final RuntimeService runtime;

    Pathway(
            CaseFiles files,
            CaseOpening opening,
            Corrections corrections,
            ClosingTable closings,
            PatientAliases aliases,
            ParkedEventTasks parkedEvents,
            PauseRule pauses,
            Elements elements,
            KnownSteps steps,
            WaitingSteps waitingSteps,
            CurrentEvent current,
            ProcessEngineConfigurationImpl engine,
            TaskService tasks,
            RuntimeService runtime) {
        this.files = files;
        this.opening = opening;
        this.corrections = corrections;
        this.closings = closings;
        this.aliases = aliases;
        this.parkedEvents = parkedEvents;
        this.pauses = pauses;
        this.elements = elements;
        this.steps = steps;
        this.waitingSteps = waitingSteps;
        this.current = current;
        this.engine = engine;
        this.tasks = tasks;
        this.runtime = runtime;
    }

    /** Whether an event of this type opens a case. */
    public boolean opensCase(EventType type) {
        return elements.opensCase(type);
    }

    /** Reads the patients' open cases and the named cases, and keeps others from moving them until the commit. */
    public void lock(Collection<String> patients, Collection<CaseId> named) {
        files.lock(patients, named);
    }

    /** The cases that this transaction has locked or opened, as they stand now. */
    public Map<CaseId, CaseRow> cases() {
        return files.held().stream().map(CaseFile::row).collect(toMap(CaseRow::caseId, row -> row));
    }

    /** The surviving pseudonym of each of these patients whose own was given up. */
    public Map<String, String> survivors(Collection<String> patients) {
        return patients.isEmpty() ? Map.of() : aliases.survivors(patients);
    }

    /** The case of each patient that was closed last, as far as they have one. */
    public Map<String, CaseRow> lastClosed(Collection<String> patients) {
        return patients.isEmpty() ? Map.of() : files.lastClosed(patients);
    }

    /** What these cases wait for, as far as events of these types could be it. */
    public Map<CaseId, List<WaitingStep>> waiting(Collection<CaseId> cases, Set<EventType> types) {
        return cases.isEmpty() ? Map.of() : waitingSteps.of(cases, types);
    }

    /** Why the case cannot take the event as it stands, whatever waits for it, and what will release it. */
    public Optional<String> obstacle(InboundEvent event, CaseRow row) {
        return pauses.obstacle(event, row.urgency());
    }

    /** The patients whose open cases wait for news of this type about one of these Gamma Knife units. */
    public Set<String> patientsWaitingFor(EventType type, Set<String> units) {
        return waitingSteps.patientsWaitingFor(type, units);
    }

    /**
     * Makes moves of different cases, in one command of the engine.
     *
     * @throws OptimisticLockingFailureException if a person or a timer moved one of the cases at the same instant
     * @throws Move.Failed if a model cannot take an event
     */
    public void make(List<Move> wave) {
        try {
            engine.getCommandExecutorTxRequired().execute(context -> {
                ((ReadAheadSession) context.getSession(DbSqlSession.class)).readAhead(instances(wave));
                wave.forEach(this::make);
                return null;
            });
        } catch (OptimisticLockingException e) {
            throw new OptimisticLockingFailureException("a case was moved by someone else at the same instant", e);
        }
    }

    /** Nobody need say any more what is to become of events that have found their steps. */
    public void withdrawQuestions(Collection<String> asked) {
        parkedEvents.withdraw(asked);
    }

    /** How the cases' steps for events of these types ended, oldest first. */
    public List<StepClosing> closings(Collection<CaseId> cases, Collection<EventType> types) {
        Set<String> names = types.stream().map(EventType::shortName).collect(toSet());
        List<StepClosing> all = new ArrayList<>(closings.of(cases, names));
        files.held().stream()
                .filter(file -> cases.contains(file.id()))
                .flatMap(file -> file.newClosings().stream())
                .filter(closing -> names.contains(closing.eventType()))
                .forEach(all::add);
        return all;
    }

    /** The elements of the models that such an event would close or trigger. */
    public List<Element> elementsFor(InboundEvent event) {
        return elements.latest().stream()
                .filter(element ->
                        element.waitsFor(event.type()) && element.match().literalsAccept(event.data()))
                .toList();
    }

    /** What is wrong with the step that the event names, if no model knows it. */
    public Optional<String> complaintAboutStep(InboundEvent event) {
        return steps.complaint(event);
    }

    private static Set<String> instances(List<Move> wave) {
        return wave.stream()
                .flatMap(move -> move.steps().stream())
                .map(WaitingStep::processInstance)
                .collect(toSet());
    }

    private void make(Move move) {
        current.set(move.event());
        try {
            if (move.opensCase()) {
                opening.open(move.caseId(), move.event());
            } else if (move.amendment() != null) {
                corrections.follow(move);
                deliver(move);
                corrections.tellTimers(move);
            } else {
                deliver(move);
            }
        } catch (OptimisticLockingException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new Move.Failed(move.event().identity(), e);
        } finally {
            current.forget();
        }
    }

    /** To messages first: a task that is completed may end the phase that waits for the message. */
    private void deliver(Move move) {
        for (WaitingStep step : move.steps()) {
            if (step.taskId() == null && isThere(ExecutionEntity.class, step.executionId())) {
                runtime.messageEventReceived(move.event().type().shortName(), step.executionId());
            }
        }
        for (WaitingStep step : move.steps()) {
            if (step.taskId() != null && isThere(TaskEntity.class, step.taskId())) {
                tasks.complete(step.taskId());
            }
        }
    }

    /** What a message of this very move has interrupted is gone, though the database does not know it yet. */
    private static <T extends DbEntity> boolean isThere(Class<T> type, String id) {
        DbEntityManager entities = Context.getCommandContext().getDbEntityManager();
        T entity = entities.getCachedEntity(type, id);
        return entity == null || !entities.isDeleted(entity);
    }
}

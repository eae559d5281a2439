package org.tumorboard.pathway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;

/**
 * The life of a step: when it opens, its department is asked for the work and it gets its deadline; when it is
 * completed, by its event or by hand, that is recorded; when it is withdrawn, the department is told.
 */
@Component
class StepListener implements TaskListener {

    private final CaseFiles files;
    private final Elements elements;
    private final CurrentEvent current;
    private final HandEntry handEntry;
    private final HeardBesideHand heard;
    private final ClosingTable closings;
    private final Deadlines deadlines;
    private final Notifier notifier;
    private final ObjectMapper json;
    private final Clock clock;

    StepListener(
            CaseFiles files,
            Elements elements,
            CurrentEvent current,
            HandEntry handEntry,
            HeardBesideHand heard,
            ClosingTable closings,
            Deadlines deadlines,
            Notifier notifier,
            ObjectMapper json,
            Clock clock) {
        this.files = files;
        this.elements = elements;
        this.current = current;
        this.handEntry = handEntry;
        this.heard = heard;
        this.closings = closings;
        this.deadlines = deadlines;
        this.notifier = notifier;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateTask task) {
        CaseFile file = files.of(new CaseId(task.getExecution().getProcessBusinessKey()));
        Element element = elements.get(task.getProcessDefinitionId(), task.getTaskDefinitionKey());
        switch (task.getEventName()) {
            case EVENTNAME_CREATE -> open(task, element, file);
            case EVENTNAME_COMPLETE -> complete(task, element, file);
            case EVENTNAME_DELETE -> withdraw(task, element, file);
            default -> throw new IllegalStateException(
                    "expected create, complete or delete, but " + task.getEventName());
        }
    }

    private void open(DelegateTask task, Element element, CaseFile file) {
        Instant dueAt = deadlines.of(element, file, clock.instant());
        if (dueAt != null) {
            task.setDueDate(Date.from(dueAt));
        }
        task.setPriority(file.urgency().taskPriority());
        file.askFor(
                task.getId(),
                notifier.message(
                        file, "work-requested", element.event().department(), work(task, element, dueAt), task));
    }

    private void complete(DelegateTask task, Element element, CaseFile file) {
        boolean byHand = !current.isPresent();
        if (byHand) {
            element.signature().check(task, step -> lastBy(step, file));
            current.set(handEntry.read(task, element, file.row()));
            ForgetAtCommandEnd.register(current);
            file.enter(heard.by(file.id(), current.get()));
        }
        InboundEvent event = current.get();
        file.forgetRequest(task.getId());
        file.close(new StepClosing(
                file.id(),
                element.step(),
                element.id(),
                element.event().shortName(),
                byHand ? StepClosing.How.HAND : StepClosing.How.EVENT,
                event.time(),
                clock.instant(),
                event.identity().source(),
                event.identity().id(),
                event.data()));
    }

    private @Nullable String lastBy(String step, CaseFile file) {
        return file.newClosings().stream()
                .filter(closing -> closing.step().equals(step))
                .map(StepClosing::source)
                .reduce((first, second) -> second)
                .orElseGet(() -> closings.lastSource(file.id(), step));
    }

    private void withdraw(DelegateTask task, Element element, CaseFile file) {
        EventIdentity cause = current.identity();
        ObjectNode wouldHaveSaid = json.createObjectNode();
        element.match().implied(name -> text(task.getVariable(name))).forEach(wouldHaveSaid::put);
        file.close(new StepClosing(
                file.id(),
                element.step(),
                element.id(),
                element.event().shortName(),
                StepClosing.How.WITHDRAWN,
                null,
                clock.instant(),
                cause.source(),
                cause.id(),
                wouldHaveSaid));
        if (!file.forgetRequest(task.getId())) {
            file.tell(notifier.message(
                    file, "work-withdrawn", element.event().department(), work(task, element, null), task));
        }
    }

    private static Map<String, Object> work(DelegateTask task, Element element, Instant dueAt) {
        Map<String, Object> work = new HashMap<>();
        work.put("step", element.step());
        work.put("event", element.event().shortName());
        work.put("department", element.event().department().slug());
        work.put("taskRef", task.getId());
        if (dueAt != null) {
            work.put("dueAt", dueAt.toString());
        }
        return work;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}

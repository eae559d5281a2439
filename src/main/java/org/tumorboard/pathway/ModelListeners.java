package org.tumorboard.pathway;

import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;
import org.springframework.stereotype.Component;

/** Hangs our listeners on the elements whose extension properties ask for them, when a model is parsed. */
@Component
class ModelListeners extends AbstractBpmnParseListener {

    /** The decision table that tells a case's urgency class. */
    static final String URGENCY = "urgency";

    private static final Namespace CAMUNDA = new Namespace("http://camunda.org/schema/1.0/bpmn");

    /** Marks an activity whose completion earns or tells something. */
    private static final String COMPLETION = "tumorboardCompletion";

    /** What happens when an element is completed. */
    private static final Set<String> COMPLETED =
            Set.of("milestone", "milestoneWhen", "notify", "path", "books", "loses");

    private final PersonalSteps personalSteps;
    private final StepListener stepListener;
    private final StatusListener statusListener;
    private final CompletionListener completionListener;

    ModelListeners(
            PersonalSteps personalSteps,
            StepListener stepListener,
            StatusListener statusListener,
            CompletionListener completionListener) {
        this.personalSteps = personalSteps;
        this.stepListener = stepListener;
        this.statusListener = statusListener;
        this.completionListener = completionListener;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, personalSteps);
        task.addTaskListener(TaskListener.EVENTNAME_COMPLETE, personalSteps);
        if (!properties(element).contains("event")) {
            return;
        }
        task.addTaskListener(TaskListener.EVENTNAME_CREATE, stepListener);
        task.addTaskListener(TaskListener.EVENTNAME_COMPLETE, stepListener);
        task.addTaskListener(TaskListener.EVENTNAME_DELETE, stepListener);
        watchStart(element, activity);
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchStart(element, activity);
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchThrown(element, activity);
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        activity.addListener(ExecutionListener.EVENTNAME_START, statusListener);
    }

    @Override
    public void parseIntermediateThrowEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchThrown(element, activity);
    }

    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchStart(element, activity);
    }

    @Override
    public void parseBoundaryEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchStart(element, activity);
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchStart(element, activity);
        if (URGENCY.equals(element.attributeNS(CAMUNDA, "decisionRef"))) {
            activity.setProperty(COMPLETION, true);
        }
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchStart(element, activity);
    }

    @Override
    public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
        watchStart(element, activity);
    }

    @Override
    public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
        ActivityImpl source = transition.getSource();
        if (source.getProperty(COMPLETION) != null) {
            transition.addListener(ExecutionListener.EVENTNAME_TAKE, completionListener);
        }
    }

    private void watchStart(Element element, ActivityImpl activity) {
        watchStatus(element, activity);
        if (earnsOrTells(element)) {
            activity.setProperty(COMPLETION, true);
        }
    }

    /** An event that is thrown waits for nothing: it is completed when it is reached, while its inputs are there. */
    private void watchThrown(Element element, ActivityImpl activity) {
        watchStatus(element, activity);
        if (earnsOrTells(element)) {
            activity.addListener(ExecutionListener.EVENTNAME_START, completionListener);
        }
    }

    private void watchStatus(Element element, ActivityImpl activity) {
        if (properties(element).contains("status")) {
            activity.addListener(ExecutionListener.EVENTNAME_START, statusListener);
        }
    }

    private static boolean earnsOrTells(Element element) {
        Set<String> properties = properties(element);
        return properties.stream().anyMatch(COMPLETED::contains);
    }

    private static Set<String> properties(Element element) {
        Element extensions = element.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        return properties == null
                ? Set.of()
                : properties.elements("property").stream()
                        .map(property -> property.attribute("name"))
                        .collect(Collectors.toSet());
    }
}

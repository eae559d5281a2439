package org.tumorboard.pathway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultAcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.spring.boot.starter.configuration.Ordering;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How the engine runs: our listeners on the models, and only a few beans for their expressions. */
@Component
@Order(Ordering.DEFAULT_ORDER + 1)
class EngineConfiguration extends AbstractCamundaConfiguration {

    /** Three tries; without pauses they would all be spent within the second in which the database is away. */
    private static final String PAUSES_BETWEEN_TRIES = "PT2S,PT20S";

    private final ModelListeners listeners;
    private final SubmittedFields submitted;
    private final EngineChanges changes;
    private final Retention retention;
    private final CatchUp catchUp;
    private final Map<Object, Object> beansOfTheModels = new HashMap<>();

    EngineConfiguration(
            ModelListeners listeners,
            SubmittedFields submitted,
            EngineChanges changes,
            Retention retention,
            CatchUp catchUp,
            CurrentEvent event,
            Clinical clinical,
            SlaFigures policy,
            LinkedCase linkedCase,
            SlaWatch slaWatch,
            CaseMilestones milestones,
            Resources resources,
            PatientMerge patients,
            ParkedEventTasks parkedEvents) {
        this.listeners = listeners;
        this.submitted = submitted;
        this.changes = changes;
        this.retention = retention;
        this.catchUp = catchUp;
        beansOfTheModels.put("event", event);
        beansOfTheModels.put("clinical", clinical);
        beansOfTheModels.put("policy", policy);
        beansOfTheModels.put("linkedCase", linkedCase);
        beansOfTheModels.put("slaWatch", slaWatch);
        beansOfTheModels.put("milestones", milestones);
        beansOfTheModels.put("resources", resources);
        beansOfTheModels.put("patients", patients);
        beansOfTheModels.put("parkedEventTasks", parkedEvents);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setBeans(beansOfTheModels);
        engine.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(listeners)));
        engine.setCustomPreCommandInterceptorsTxRequired(new ArrayList<>(List.of(new RetryConflicts())));
        engine.setCustomHistoryEventHandlers(new ArrayList<>(List.of(changes)));
        DefaultDmnEngineConfiguration decisions = new DefaultDmnEngineConfiguration();
        decisions.setFeelEngineFactory(RulesReadOnce::new);
        engine.setDmnEngineConfiguration(decisions);
        engine.setCustomSessionFactories(new ArrayList<>(List.of(new ReadAheadSession.Factory(engine))));
        engine.setTaskService(new StepsByForm(submitted));
        engine.setFormService(new FormsByField(submitted));
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
        // whoever gave the command hears of it, and says in the log what it means
        engine.setEnableCmdExceptionLogging(false);
        engine.setJobExecutorAcquireByDueDate(true);
        engine.setEnsureJobDueDateNotNull(true);
        engine.setFailedJobRetryTimeCycle(PAUSES_BETWEEN_TRIES);
        engine.setSkipOutputMappingOnCanceledActivities(true);
        keepHistory(engine);
        engine.setGeneralResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._-]*");
        engine.setUserResourceWhitelistPattern("[a-zA-Z0-9~][a-zA-Z0-9._@-]*");
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setResourceAuthorizationProvider(new TasksBelongToTheirGroup());
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        ReadAheadSession.addStatements(engine);
        JobExecutor timers = engine.getJobExecutor();
        timers.setAcquireJobsCmdFactory(catchUp.before(new DefaultAcquireJobsCommandFactory(timers)));
    }

    /** What has ended is removed by when it ended: a date of removal would be written into every row at the end of a case. */
    private void keepHistory(ProcessEngineConfigurationImpl engine) {
        engine.setHistoryTimeToLive("P%dD".formatted(retention.historyDays()));
        engine.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_NONE);
        engine.setHistoryCleanupStrategy(ProcessEngineConfiguration.HISTORY_CLEANUP_STRATEGY_END_TIME_BASED);
        engine.setHistoryCleanupEnabled(retention.cleansUp());
        if (retention.cleansUp()) {
            engine.setHistoryCleanupBatchWindowStartTime(retention.cleanupFrom());
            engine.setHistoryCleanupBatchWindowEndTime(retention.cleanupTo());
        }
    }
}

package org.tumorboard.pathway;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Brings all versions of the models in line with the configured time to live, whatever their files said when they were
 * deployed. It counts at once, also for what has ended: the engine removes by the end of a process and the time to live.
 */
@Component
class HistoryTimeToLive {

    private final RepositoryService repository;
    private final ProcessEngineConfigurationImpl engine;
    private final Retention retention;

    HistoryTimeToLive(RepositoryService repository, ProcessEngineConfigurationImpl engine, Retention retention) {
        this.repository = repository;
        this.engine = engine;
        this.retention = retention;
    }

    @EventListener(ApplicationReadyEvent.class)
    void bringInLine() {
        Integer days = retention.historyDays();
        repository.createProcessDefinitionQuery().list().stream()
                .filter(definition -> !days.equals(definition.getHistoryTimeToLive()))
                .forEach(definition -> repository.updateProcessDefinitionHistoryTimeToLive(definition.getId(), days));
        repository.createDecisionDefinitionQuery().list().stream()
                .filter(definition -> !days.equals(definition.getHistoryTimeToLive()))
                .forEach(definition -> repository.updateDecisionDefinitionHistoryTimeToLive(definition.getId(), days));
        engine.getDeploymentCache().discardProcessDefinitionCache();
        engine.getDeploymentCache().discardDecisionDefinitionCache();
    }
}

package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.Urgency;

/** A person who may complete a step needs no right to the models and tables that its completion reads. */
@EngineTest
class RightsOfWhoeverActsTest {

    @Autowired
    IdentityService identity;

    @Autowired
    DecisionService decisions;

    @Autowired
    RepositoryService repository;

    @Autowired
    EventSchemas schemas;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @BeforeEach
    void theWardActs() {
        identity.setAuthentication("ward", List.of("ward"));
    }

    @AfterEach
    void nobodyActs() {
        identity.clearAuthentication();
    }

    @Test
    void readsThePolicy() {
        SlaPolicies policies = new SlaPolicies(decisions, repository, new Elements(repository), schemas);

        Duration limit = inACommand(context ->
                policies.current().row("triage", Urgency.URGENT, false).latest());

        assertThat(limit).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void readsTheModels() {
        List<Element> elements = inACommand(context -> new Elements(repository).latest());

        assertThat(elements).isNotEmpty();
    }

    private <T> T inACommand(Command<T> command) {
        return engine.getCommandExecutorTxRequired().execute(command);
    }
}

package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.EngineTest;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.sla.CaseClocks;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;
import org.tumorboard.sla.SlaClock;

/** The policy is data: another table counts from the next start on, and only for what starts then. */
@EngineTest
class PolicyVersionsTest {

    private static final CaseId CASE = new CaseId("policy-1");
    private static final Instant DETECTED = Instant.parse("2026-03-02T08:00:00Z");
    private static final CaseClocks.Cause CAUSE = CaseClocks.Cause.TIME;

    @Autowired
    RepositoryService repository;

    @Autowired
    DecisionService decisions;

    @Autowired
    EventSchemas schemas;

    private String deployment;

    @AfterEach
    void theTableOfBefore() {
        if (deployment != null) {
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    void aRunningClockKeepsItsVersionAndANewOneTakesTheNext() throws IOException {
        SlaClock before = triage(policies(), List.of());

        deploy(table().replace("\"PT24H\"", "\"PT20H\""));
        SlaPolicies after = policies();

        assertThat(after.current().version()).isEqualTo(before.policyVersion() + 1);
        assertThat(triage(after, List.of(before)).latestAt()).isEqualTo(DETECTED.plus(Duration.ofHours(24)));
        assertThat(triage(after, List.of()).latestAt()).isEqualTo(DETECTED.plus(Duration.ofHours(20)));
    }

    @Test
    void aBadTableStopsTheStartAndNamesTheRow() throws IOException {
        deploy(table().replaceFirst("<text>\"triaged\"</text>", "<text>\"triagd\"</text>"));

        assertThatThrownBy(() -> policies().afterSingletonsInstantiated())
                .isInstanceOf(BadPolicyException.class)
                .hasMessageContaining("clock triage for")
                .hasMessageContaining("'triagd'");
    }

    @Test
    void aMissingRowStopsTheStart() throws IOException {
        deploy(table().replaceFirst("(?s)<text>\"triage\"</text>", "<text>\"tirage\"</text>"));

        assertThatThrownBy(() -> policies().afterSingletonsInstantiated())
                .isInstanceOf(BadPolicyException.class)
                .hasMessageContaining("clock tirage: expected one of");
    }

    private SlaPolicies policies() {
        return new SlaPolicies(decisions, repository, new Elements(repository), schemas);
    }

    private static SlaClock triage(SlaPolicies policies, List<SlaClock> known) {
        CaseClocks clocks = new CaseClocks(CASE, policies, known);
        clocks.follow(
                Ledger.of(List.of(
                        Milestone.told(CASE, "detected", DETECTED, DETECTED, "//hospital.example/test", "e-1"))),
                DETECTED,
                CAUSE);
        return clocks.open("triage").orElseThrow();
    }

    private static String table() throws IOException {
        return Files.readString(Path.of("bpmn/sla-policy.dmn"));
    }

    private void deploy(String table) {
        deployment = repository
                .createDeployment()
                .addString("bpmn/sla-policy.dmn", table)
                .deploy()
                .getId();
    }
}

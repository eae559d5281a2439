package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.tumorboard.EngineTest;
import org.tumorboard.event.Groups;
import org.tumorboard.event.Right;

/** In Tasklist each group sees and works its own tasks, with the filters made at start and no others. */
@EngineTest
class TasklistAccessTest {

    @Autowired
    EngineReadiness readiness;

    @Autowired
    IdentityService identity;

    @Autowired
    FilterService filters;

    @Autowired
    TaskService tasks;

    @Autowired
    TestRestTemplate http;

    private Task task;

    @BeforeEach
    void aTaskOfNeurosurgery() {
        task = tasks.newTask();
        tasks.saveTask(task);
        tasks.addCandidateGroup(task.getId(), "neurosurgery");
    }

    @AfterEach
    void noTask() {
        identity.clearAuthentication();
        tasks.deleteTask(task.getId(), true);
    }

    @Test
    void knowsTheConfiguredPeopleHoweverOftenItStarts() {
        long filtersBefore = filters.createTaskFilterQuery().count();

        readiness.bringInLine();

        assertThat(identity.createGroupQuery().groupMember("neurosurgery").list())
                .extracting(Group::getId)
                .containsExactly("neurosurgery");
        assertThat(identity.createGroupQuery().groupMember("admin").list())
                .extracting(Group::getId)
                .containsExactly(EngineAccounts.ENGINE_ADMIN);
        assertThat(identity.createGroupQuery().count()).isEqualTo(Groups.all().size());
        assertThat(identity.checkPassword("admin", "test")).isFalse();
        assertThat(filters.createTaskFilterQuery().count()).isEqualTo(filtersBefore);
    }

    @Test
    void letsEveryGroupSeeAndWorkTasksAsTheTableSays() {
        for (String owner : Groups.all()) {
            if (owner.equals(Groups.ADMIN)) {
                continue; // no step is theirs
            }
            Task own = tasks.newTask();
            tasks.saveTask(own);
            tasks.addCandidateGroup(own.getId(), owner);
            for (String group : Groups.all()) {
                signIn(group);
                String which = "%s at a task of %s".formatted(group, owner);
                assertThat(tasks.createTaskQuery().taskId(own.getId()).count())
                        .as(which)
                        .isEqualTo(Right.READ_STEPS.isOf(group::equals, owner) ? 1 : 0);
                if (Right.COMPLETE_STEPS.isOf(group::equals, owner)) {
                    tasks.claim(own.getId(), group);
                    tasks.claim(own.getId(), null);
                } else {
                    assertThatThrownBy(() -> tasks.claim(own.getId(), group))
                            .as(which)
                            .isInstanceOf(AuthorizationException.class);
                    assertThatThrownBy(() -> tasks.complete(own.getId()))
                            .as(which)
                            .isInstanceOf(AuthorizationException.class);
                }
                identity.clearAuthentication();
            }
            tasks.deleteTask(own.getId(), true);
        }
    }

    @Test
    void letsAGroupWorkItsTasksButNotMoveTheirDeadline() {
        signIn("neurosurgery");

        tasks.claim(task.getId(), "neurosurgery");
        Task mine = tasks.createTaskQuery().taskId(task.getId()).singleResult();
        mine.setDueDate(new java.util.Date());

        assertThat(mine.getAssignee()).isEqualTo("neurosurgery");
        assertThatThrownBy(() -> tasks.saveTask(mine)).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void hasTheFiltersThatCoordinatorsNeedAndLetsNobodyElseMakeSome() {
        signIn("neurosurgery");

        List<Filter> seen = filters.createTaskFilterQuery().list();

        assertThat(seen)
                .extracting(Filter::getName)
                .contains(
                        "My group's open work",
                        "Overdue",
                        "Board this week",
                        "Windows running",
                        "Emergency",
                        "Urgent",
                        "Standard");
        assertThat(seen)
                .allSatisfy(filter -> assertThat(filters.count(filter.getId())).isNotNegative());
        assertThatThrownBy(() -> filters.saveFilter(filters.newTaskFilter("mine")))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void takesOurSignInForTheEnginesRest() {
        JsonNode seen = http.withBasicAuth("neurosurgery", "test")
                .getForObject("/camunda/api/engine/engine/default/task?candidateGroup=neurosurgery", JsonNode.class);

        assertThat(seen)
                .anySatisfy(shown -> assertThat(shown.path("id").asText()).isEqualTo(task.getId()));
    }

    private void signIn(String group) {
        identity.setAuthentication(group, List.of(EngineAccounts.engineName(group)));
    }
}

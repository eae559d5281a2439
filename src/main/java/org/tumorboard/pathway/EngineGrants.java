package org.tumorboard.pathway;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Groups;
import org.tumorboard.event.Right;

/**
 * Who may do what in the engine, by group only. A group's right to its own tasks is not here: each task gives it to
 * its group as it opens ({@link TasksBelongToTheirGroup}).
 */
@Component
class EngineGrants {

    private final AuthorizationService authorizations;

    EngineGrants(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    private record Held(String group, Resource resource, String id) {}

    /** Brings the grants of the groups in line with the table of rights, in the caller's transaction. */
    void bringInLine() {
        Map<Held, Set<Permission>> grants = new LinkedHashMap<>();
        for (String group : others(Right.READ_CASES)) {
            grant(grants, group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            grant(grants, group, Resources.USER, ANY, Permissions.READ);
            grant(grants, group, Resources.GROUP, ANY, Permissions.READ);
            grant(grants, group, Resources.FILTER, ANY, Permissions.READ);
            // the diagram and the case's facts beside a task; not the tasks of others
            grant(grants, group, Resources.PROCESS_DEFINITION, ANY, ProcessDefinitionPermissions.READ);
            grant(grants, group, Resources.PROCESS_INSTANCE, ANY, Permissions.READ);
        }
        for (String group : others(Right.READ_STEPS)) {
            grant(grants, group, Resources.PROCESS_DEFINITION, ANY, ProcessDefinitionPermissions.READ_TASK);
        }
        for (String group : others(Right.READ_PROCESSES)) {
            grant(grants, group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
            grant(
                    grants,
                    group,
                    Resources.PROCESS_DEFINITION,
                    ANY,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_HISTORY);
            grant(grants, group, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
        }
        for (Resources resource : Resources.values()) {
            grant(grants, EngineAccounts.ENGINE_ADMIN, resource, ANY, Permissions.ALL);
        }
        grants.forEach(this::save);
    }

    /** Those who have the right, but for the administrators, who have every right. */
    private static List<String> others(Right right) {
        return right.groups().stream()
                .filter(group -> !group.equals(Groups.ADMIN))
                .toList();
    }

    private static void grant(
            Map<Held, Set<Permission>> grants, String group, Resource resource, String id, Permission... permissions) {
        grants.computeIfAbsent(new Held(group, resource, id), held -> new LinkedHashSet<>())
                .addAll(List.of(permissions));
    }

    private void save(Held held, Set<Permission> permissions) {
        Authorization grant = authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(held.group())
                .resourceType(held.resource())
                .resourceId(held.id())
                .singleResult();
        Permission[] shall = permissions.toArray(Permission[]::new);
        if (grant == null) {
            grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
            grant.setGroupId(held.group());
            grant.setResource(held.resource());
            grant.setResourceId(held.id());
        } else if (Set.of(grant.getPermissions(shall)).equals(permissions)) {
            return;
        }
        grant.setPermissions(shall);
        authorizations.saveAuthorization(grant);
    }
}

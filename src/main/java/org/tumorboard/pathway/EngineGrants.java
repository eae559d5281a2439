package org.tumorboard.pathway;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Groups;

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

    /** Adds the grants that are missing, in the caller's transaction. */
    void bringInLine() {
        for (String group : Groups.all()) {
            if (!group.equals(Groups.ADMIN)) {
                grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
                grant(group, Resources.USER, ANY, Permissions.READ);
                grant(group, Resources.GROUP, ANY, Permissions.READ);
                grant(group, Resources.FILTER, ANY, Permissions.READ);
                // the diagram and the case's facts beside a task; not the tasks of others
                grant(group, Resources.PROCESS_DEFINITION, ANY, ProcessDefinitionPermissions.READ);
                grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.READ);
            }
        }
        for (String group : List.of(Groups.COORDINATION, Groups.OPERATIONS)) {
            grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
            grant(
                    group,
                    Resources.PROCESS_DEFINITION,
                    ANY,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.READ_INSTANCE,
                    ProcessDefinitionPermissions.READ_TASK,
                    ProcessDefinitionPermissions.READ_HISTORY);
            grant(group, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
        }
        grantEverything();
    }

    private void grantEverything() {
        for (Resources resource : Resources.values()) {
            grant(EngineAccounts.ENGINE_ADMIN, resource, ANY, Permissions.ALL);
        }
    }

    private void grant(String group, Resource resource, String id, Permission... permissions) {
        Authorization grant = authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(group)
                .resourceType(resource)
                .resourceId(id)
                .singleResult();
        if (grant == null) {
            grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
            grant.setGroupId(group);
            grant.setResource(resource);
            grant.setResourceId(id);
        } else if (Arrays.stream(permissions).allMatch(grant::isPermissionGranted)) {
            return;
        }
        grant.setPermissions(permissions);
        authorizations.saveAuthorization(grant);
    }
}

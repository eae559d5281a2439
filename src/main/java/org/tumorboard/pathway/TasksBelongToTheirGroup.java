package org.tumorboard.pathway;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * As a task opens, its group may see and work it, but not give it another deadline or group. The engine's own provider
 * first asks the database whether the group already may: a question for each step of each case, whose answer is no.
 */
final class TasksBelongToTheirGroup extends DefaultAuthorizationProvider {

    @Override
    public AuthorizationEntity[] newTaskGroupIdentityLink(Task task, String groupId, String type) {
        AuthorizationEntity grant = new AuthorizationEntity(AUTH_TYPE_GRANT);
        grant.setGroupId(groupId);
        grant.setResource(Resources.TASK);
        grant.setResourceId(task.getId());
        grant.addPermission(Permissions.READ);
        grant.addPermission(Permissions.TASK_WORK);
        return new AuthorizationEntity[] {grant};
    }

    /** Nobody may change their own entry: the configuration says who there is. */
    @Override
    public AuthorizationEntity @Nullable [] newUser(User user) {
        return null;
    }

    @Override
    public AuthorizationEntity @Nullable [] newFilter(Filter filter) {
        return null;
    }
}

package org.tumorboard.pathway;

import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Groups;
import org.tumorboard.event.People;
import org.tumorboard.event.Person;

/**
 * Copies people and groups into the engine, which asks its own tables whose work a task is. Nobody knows a password
 * there: the only sign-in is that of our pages. Whoever is no longer configured is gone after the next start; whoever comes
 * from an issuer is brought in line with what it says each time they sign in.
 */
@Component
class EngineAccounts {

    /** The engine's own name for those who may do everything. */
    static final String ENGINE_ADMIN = "camunda-admin";

    /**
     * An administrator whom nobody can be, since names begin with a letter or digit. While there is none, Camunda's pages
     * lead everyone to a set-up in which they would become one.
     */
    private static final Person NOBODY = new Person("~nobody", Set.of(Groups.ADMIN));

    private static final Map<String, String> ENGINE_NAMES = Map.of(Groups.ADMIN, ENGINE_ADMIN);

    private final IdentityService identity;
    private final People people;

    EngineAccounts(IdentityService identity, People people) {
        this.identity = identity;
        this.people = people;
    }

    /** Brings the engine's people and groups in line, in the caller's transaction. */
    void bringInLine() {
        Set<String> known =
                identity.createGroupQuery().list().stream().map(Group::getId).collect(toSet());
        Groups.all().stream()
                .map(EngineAccounts::engineName)
                .filter(group -> !known.contains(group))
                .forEach(this::addGroup);
        Set<String> names = people.all().stream().map(Person::name).collect(toSet());
        Set<String> present =
                identity.createUserQuery().list().stream().map(User::getId).collect(toSet());
        if (!people.othersMayCome()) {
            present.stream()
                    .filter(name -> !names.contains(name) && !name.equals(NOBODY.name()))
                    .forEach(identity::deleteUser);
        }
        bringInLine(NOBODY);
        people.all().forEach(person -> bringInLine(person, present.contains(person.name())));
    }

    /** Brings one person in line, in the caller's transaction. */
    void bringInLine(Person person) {
        bringInLine(person, identity.createUserQuery().userId(person.name()).count() > 0);
    }

    private void addGroup(String name) {
        Group group = identity.newGroup(name);
        group.setName(name);
        group.setType(name.equals(ENGINE_ADMIN) ? "SYSTEM" : "WORKFLOW");
        identity.saveGroup(group);
    }

    private void bringInLine(Person person, boolean isPresent) {
        if (!isPresent) {
            User user = identity.newUser(person.name());
            user.setFirstName(person.name());
            user.setLastName("");
            user.setPassword(UUID.randomUUID().toString());
            identity.saveUser(user);
        }
        Set<String> is = identity.createGroupQuery().groupMember(person.name()).list().stream()
                .map(Group::getId)
                .collect(toSet());
        Set<String> shall =
                person.groups().stream().map(EngineAccounts::engineName).collect(toSet());
        is.stream()
                .filter(group -> !shall.contains(group))
                .forEach(group -> identity.deleteMembership(person.name(), group));
        shall.stream()
                .filter(group -> !is.contains(group))
                .forEach(group -> identity.createMembership(person.name(), group));
    }

    static String engineName(String group) {
        return ENGINE_NAMES.getOrDefault(group, group);
    }
}

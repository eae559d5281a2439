package org.tumorboard.pathway;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.Urgency;
import org.tumorboard.sla.ClockPolicy;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Policies;
import org.tumorboard.sla.SlaPolicy;

/**
 * The versions of DMN {@code sla-policy}, each read once. A start with a table that cannot be used fails before the
 * first event is taken.
 */
@Component
class SlaPolicies implements Policies, SmartInitializingSingleton {

    private static final String TABLE = "sla-policy";

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final Elements elements;
    private final Set<String> clocks = new TreeSet<>();
    private final Map<Integer, SlaPolicy> versions = new ConcurrentHashMap<>();
    private volatile @Nullable SlaPolicy current;

    SlaPolicies(
            @Lazy DecisionService decisions,
            @Lazy RepositoryService repository,
            Elements elements,
            EventSchemas schemas) {
        this.decisions = decisions;
        this.repository = repository;
        this.elements = elements;
        schemas.notificationFields("sla-breached")
                .path("clock")
                .path("enum")
                .forEach(name -> clocks.add(name.asText()));
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> complaints = new ArrayList<>(strangers());
        if (complaints.isEmpty()) {
            complaints.addAll(current().complaints(milestones()));
        }
        if (!complaints.isEmpty()) {
            throw new BadPolicyException("sla-policy: " + String.join("; ", complaints));
        }
    }

    /** The table changes with a deployment, which comes with a start. */
    @Override
    public SlaPolicy current() {
        SlaPolicy known = current;
        if (known == null) {
            known = version(latest().getVersion());
            current = known;
        }
        return known;
    }

    @Override
    public SlaPolicy version(int version) {
        return versions.computeIfAbsent(version, this::read);
    }

    /** A clock that the table has a row for and the pathway does not know. */
    private List<String> strangers() {
        return clocksOf(latest()).stream()
                .filter(name -> !clocks.contains(name))
                .map(name -> "clock %s: expected one of %s".formatted(name, String.join(", ", clocks)))
                .toList();
    }

    /** The clocks that a version of the table has rows for. */
    private Set<String> clocksOf(DecisionDefinition table) {
        return repository.getDmnModelInstance(table.getId()).getModelElementsByType(Rule.class).stream()
                .map(rule -> rule.getInputEntries()
                        .iterator()
                        .next()
                        .getTextContent()
                        .trim())
                .flatMap(cell -> Stream.of(cell.split(",")))
                .map(name -> name.trim().replace("\"", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The newest version has every clock; an older one those that there were when it was in force. */
    private Set<String> clocksOf(int version) {
        return version == latest().getVersion()
                ? clocks
                : clocksOf(repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionKey(TABLE)
                        .decisionDefinitionVersion(version)
                        .singleResult());
    }

    private SlaPolicy read(int version) {
        return OnBehalfOfTheEngine.doing(() -> {
            SlaPolicy policy = new SlaPolicy(version);
            for (String clock : clocksOf(version)) {
                for (Urgency urgency : Urgency.values()) {
                    policy.add(false, row(version, clock, urgency, false));
                    policy.add(true, row(version, clock, urgency, true));
                }
            }
            return policy;
        });
    }

    private ClockPolicy row(int version, String clock, Urgency urgency, boolean earlySurgery) {
        String name = "clock %s for %s".formatted(clock, urgency);
        try {
            DmnDecisionResult rows = decisions
                    .evaluateDecisionByKey(TABLE)
                    .version(version)
                    .variables(Map.of("clock", clock, "urgency", urgency.name(), "earlySurgery", earlySurgery))
                    .evaluate();
            if (rows.isEmpty()) {
                throw new BadPolicyException("sla-policy: %s: expected a row, but there is none".formatted(name));
            }
            return ClockPolicy.read(clock, urgency, rows.getSingleResult().getEntryMap());
        } catch (IllegalArgumentException | DmnEngineException | ProcessEngineException e) {
            throw new BadPolicyException("sla-policy: %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private DecisionDefinition latest() {
        return OnBehalfOfTheEngine.doing(() -> repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(TABLE)
                .latestVersion()
                .singleResult());
    }

    /** What a model or the engine itself may earn. */
    private Set<String> milestones() {
        Set<String> names =
                elements.latest().stream().flatMap(Element::milestones).collect(toCollection(TreeSet::new));
        names.add(Ledger.CASE_CLOSED);
        return names;
    }
}

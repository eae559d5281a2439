package org.tumorboard.sla;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.tumorboard.event.Urgency;

/** The decision table {@code sla-policy} as it stands in {@code bpmn/}, without an engine around it. */
final class PolicyFile implements Policies {

    private static final Path TABLE = Path.of("bpmn/sla-policy.dmn");
    private static final Policies SHIPPED = new PolicyFile();

    private final SlaPolicy policy = new SlaPolicy(1);

    private PolicyFile() {
        DmnEngine engine =
                DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        DmnDecision table = engine.parseDecision("sla-policy", stream());
        for (String clock : clocks()) {
            for (Urgency urgency : Urgency.values()) {
                for (boolean early : new boolean[] {false, true}) {
                    Map<String, Object> row = engine.evaluateDecisionTable(
                                    table,
                                    Variables.putValue("clock", clock)
                                            .putValue("urgency", urgency.name())
                                            .putValue("earlySurgery", early))
                            .getSingleResult()
                            .getEntryMap();
                    policy.add(early, ClockPolicy.read(clock, urgency, row));
                }
            }
        }
    }

    static Policies shipped() {
        return SHIPPED;
    }

    @Override
    public SlaPolicy current() {
        return policy;
    }

    @Override
    public SlaPolicy version(int version) {
        return policy;
    }

    private static Set<String> clocks() {
        return Dmn.readModelFromStream(stream()).getModelElementsByType(Rule.class).stream()
                .map(rule -> rule.getInputEntries()
                        .iterator()
                        .next()
                        .getTextContent()
                        .trim())
                .map(cell -> cell.replace("\"", ""))
                .collect(Collectors.toSet());
    }

    private static InputStream stream() {
        try {
            return Files.newInputStream(TABLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.tumorboard.pathway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.dmn.instance.InputExpression;

/** Which variables a model reads: in its own expressions, and in the tables that it asks. */
final class ModelVariables {

    private static final Pattern EVALUATED = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern TEXT = Pattern.compile("'[^']*'|\"[^\"]*\"");

    /** Camel case, as all variables are written, and not a member of something. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-z]+[A-Z]\\w*(?!\\w*\\()");

    private final RepositoryService repository;
    private final Set<String> beans;
    private final Map<String, Set<String>> read = new ConcurrentHashMap<>();

    ModelVariables(RepositoryService repository, Set<String> beans) {
        this.repository = repository;
        this.beans = beans;
    }

    Set<String> readBy(String definition) {
        return read.computeIfAbsent(definition, this::find);
    }

    private Set<String> find(String definition) {
        String model = text(definition);
        Stream<String> expressions = EVALUATED.matcher(model).results().map(part -> part.group(1));
        Stream<String> inputs =
                repository.getBpmnModelInstance(definition).getModelElementsByType(BusinessRuleTask.class).stream()
                        .map(BusinessRuleTask::getCamundaDecisionRef)
                        .distinct()
                        .flatMap(this::inputsOf);
        return Stream.concat(expressions, inputs)
                .map(expression -> TEXT.matcher(expression).replaceAll(""))
                .flatMap(expression -> NAME.matcher(expression).results().map(name -> name.group()))
                .filter(name -> !beans.contains(name) && !name.equals("decisionResult"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> inputsOf(String decision) {
        DecisionDefinition newest = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(decision)
                .latestVersion()
                .singleResult();
        return repository.getDmnModelInstance(newest.getId()).getModelElementsByType(InputExpression.class).stream()
                .map(input -> input.getText().getTextContent());
    }

    private String text(String definition) {
        try (InputStream xml = repository.getProcessModel(definition)) {
            return new String(xml.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("&#39;", "'")
                    .replace("&quot;", "\"");
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the model " + definition, e);
        }
    }
}

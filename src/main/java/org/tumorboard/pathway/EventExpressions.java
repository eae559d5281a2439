package org.tumorboard.pathway;

import static java.util.stream.Collectors.toSet;

import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;

/**
 * Expressions of the models that depend on the event at hand alone, so that they can be told again when the event is
 * corrected, long after their element was left. What names a variable as well cannot, and is left as it was.
 */
@Component
class EventExpressions {

    private static final String EVENT = "event";
    private static final Set<String> PURE_BEANS = Set.of("clinical", "policy");
    private static final Set<String> OPERATORS = Set.of(
            "null", "true", "false", "empty", "not", "and", "or", "eq", "ne", "lt", "gt", "le", "ge", "div", "mod");

    private static final Pattern TEXT = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern EVALUATED = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*");

    private final ProcessEngineConfigurationImpl engine;
    private final CurrentEvent current;

    EventExpressions(ProcessEngineConfigurationImpl engine, CurrentEvent current) {
        this.engine = engine;
        this.current = current;
    }

    /** Whether it reads the event, and beside it nothing but beans without a state of their own. */
    static boolean readsOnlyTheEvent(String expression) {
        Set<String> names = EVALUATED
                .matcher(TEXT.matcher(expression).replaceAll("''"))
                .results()
                .flatMap(part -> NAME.matcher(part.group(1)).results().map(name -> name.group()))
                .filter(name -> !OPERATORS.contains(name))
                .collect(toSet());
        return names.contains(EVENT)
                && names.stream().allMatch(name -> name.equals(EVENT) || PURE_BEANS.contains(name));
    }

    /** Its value as if this event were at hand. */
    @Nullable
    Object value(String expression, InboundEvent event) {
        return current.doing(event, () -> engine.getExpressionManager()
                .createExpression(expression)
                .getValue(StartProcessVariableScope.getSharedInstance()));
    }
}

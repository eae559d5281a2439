package org.tumorboard.pathway;

import camundajar.impl.scala.util.Either;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunctionTransformer;
import org.camunda.feel.FeelEngine;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.valuemapper.ValueMapper;

/**
 * Evaluates the cells of decision tables, each parsed once: left alone, the engine parses every cell at every evaluation. There
 * are as many as the deployed tables have.
 */
final class RulesReadOnce extends ScalaFeelEngine {

    RulesReadOnce() {
        super(List.of());
    }

    @Override
    protected FeelEngine buildFeelEngine(CustomFunctionTransformer functions, ValueMapper.CompositeValueMapper values) {
        return new ParsedOnce(functions, values);
    }

    private static final class ParsedOnce extends FeelEngine {

        private final Map<String, Either<Failure, ParsedExpression>> expressions = new ConcurrentHashMap<>();
        private final Map<String, Either<Failure, ParsedExpression>> unaryTests = new ConcurrentHashMap<>();

        ParsedOnce(CustomFunctionTransformer functions, ValueMapper.CompositeValueMapper values) {
            super(functions, values, new Configuration(false), FeelEngine.defaultClock());
        }

        @Override
        public Either<Failure, ParsedExpression> parseExpression(String expression) {
            return expressions.computeIfAbsent(expression, super::parseExpression);
        }

        @Override
        public Either<Failure, ParsedExpression> parseUnaryTests(String tests) {
            return unaryTests.computeIfAbsent(tests, super::parseUnaryTests);
        }
    }
}

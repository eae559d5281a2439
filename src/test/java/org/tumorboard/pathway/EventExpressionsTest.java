package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions of the models are told again when an event is corrected. */
class EventExpressionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${event.endAt}",
                "${event.version + 1}",
                "${clinical.dateOf(event.startAt)}",
                "${event.choice == 'OVERRIDE'}",
                "${event.disciplines == null ? '' : event.disciplines.toString()}"
            })
    void thoseThatReadTheEventAlone(String expression) {
        assertThat(EventExpressions.readsOnlyTheEvent(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${planVersion + 1}",
                "${decisionResult.getSingleEntry()}",
                "${clinical.plus(event.endAt, pause)}",
                "${clinical.latest(execution, 'event')}",
                "${linkedCase.open(event)}",
                "RE_ENTERED",
                "event"
            })
    void noneThatNeedAVariableOrDoSomething(String expression) {
        assertThat(EventExpressions.readsOnlyTheEvent(expression)).isFalse();
    }
}

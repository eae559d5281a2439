package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pages say code names to people, whatever a sender made of them. */
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "medical-physics.plan-qa-passed, Plan QA passed",
        "org.tumorboard.ward.neuro-status-recorded.v1, Neuro status recorded",
        "org.example.weather.v1, Example.weather.v1",
        "unknown, Unknown",
        "., .",
        "ward., ward."
    })
    void saysTheKindOfAnEvent(String type, String said) {
        assertThat(new Words().event(type)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "61, 1 min", "7300, 2 h 1 min", ", unknown"})
    void saysSeconds(Long seconds, String said) {
        assertThat(new Words().seconds(seconds)).isEqualTo(said);
    }
}

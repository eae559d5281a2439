package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "\"x\" | x",
                "\"a \\\" b \\\\ c\" | a \" b \\ c",
                "a\\b | a\\b",
                "a\"b c\"d | ab cd",
                "%22x%22 | \"x\"",
                "\"%22\" | \"",
                "%2541 | %41",
                "%C3%BC%c3%bc | üü",
                "%F0%9F%98%80 | 😀"
            })
    void isDecodedOnceAfterItsQuotesAreTakenOff(String raw, String text) {
        assertThat(HeaderValue.decoded("ce-id", raw)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%zz",
                "%-1",
                "%+1",
                "a%4",
                "100%",
                "%FC",
                "%C3",
                "%C3%28",
                "%C0%AF",
                "%ED%A0%80",
                "%F5%80%80%80",
                "\"",
                "\"a",
                "a\"b\"c\"",
                "é",
                "\u0000",
                "\t",
                "\u007f",
                "a\u0084b",
                "😀"
            })
    void whatIsNoTextIsRefusedByTheNameOfTheHeader(String raw) {
        assertThatThrownBy(() -> HeaderValue.decoded("ce-source", raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ce-source: expected ");
    }
}

package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.0",
                "1.00",
                "1e0",
                "1E+0",
                "10e-1",
                "0.1e1",
                "100E-2",
                "1.0000000000000000000000000000000000000000000000000000000000"
            })
    void oneIsOneHoweverItIsWritten(String written) throws Exception {
        assertThat(value(written)).isEqualTo(new ObjectMapper().readTree("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "16.50,16.5",
        "165e-1,16.5",
        "-0,0",
        "-0.0,0",
        "0e999999999,0",
        "0.0e-999999999,0",
        "-12.0,-12",
        "3000000000.0,3000000000",
        "12345678901234567890.0,12345678901234567890",
        "1e20,100000000000000000000",
        "0.1,0.1",
        "5E-7,0.0000005"
    })
    void soIsEveryOtherNumber(String written, String plain) throws Exception {
        assertThat(value(written)).isEqualTo(new ObjectMapper().readTree(plain));
    }

    /** One record of 940 KB kept a thread busy for minutes when the place of each flaw was told. */
    @Test
    void tellsTheFirstOfAHundredThousandFlawsDeepDown() {
        String deep = "{\"%s\":".formatted("k".repeat(49_000)).repeat(10);
        String doubled = "{" + "\"\":0,\"\":1,".repeat(45_000) + "\"x\":0}";

        StrictJson.Document read = StrictJson.read((deep + doubled + "}".repeat(10)).getBytes(UTF_8), "data");

        assertThat(read.flaw()).endsWith("expected once, but it is given twice");
    }

    @Test
    void digitsThatADoubleCannotHoldAreKept() {
        assertThat(value("0.1234567890123456789012345").decimalValue())
                .isEqualByComparingTo("0.1234567890123456789012345");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e-999999999",
                "-1E+400",
                "1e2147483648",
                "1e-2147483649",
                "1e99999999999999999999"
            })
    void whatNoArithmeticShouldSeeIsNamedByItsField(String written) {
        assertThat(read("{\"a\":{\"b\":[0,%s]}}".formatted(written)).flaw())
                .startsWith("data.a.b.1: expected a number of at most 100 digits");
        assertThat(read("{\"a\":%s}".formatted("9".repeat(1_000))).flaw()).startsWith("data.a: expected a number");
        assertThat(read("{\"a\":0.%s}".formatted("1".repeat(500_000))).flaw()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "0x1",
                "'a'",
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "nul"
            })
    void whatIsNoJsonIsNone(String text) {
        assertThat(read(text).isJson()).isFalse();
        assertThat(read("{\"a\":%s}".formatted(text)).isJson()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "{}\n{}", "{} {\"a\":1}", "{}]", "{} x", "{}\u0000", "{},", "{}//", "1 2", "[][]"})
    void nothingMayFollowTheDocument(String text) {
        assertThat(read(text).flaw()).isEqualTo("data: expected one JSON document, but more follows it");
        assertThat(read(text).isJson()).isTrue();
    }

    @Test
    void spaceMay() {
        assertThat(read(" {} \r\n\t").flaw()).isNull();
        assertThat(read("\uFEFF{}").flaw()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":1} | data.a | {\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":3,\"a\":4} | data.a | {\"b\":2}",
                "{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}} | data.a.b.0.c | {\"a\":{\"b\":[{}]}}",
                "{\"a\":1,\"\\u0061\":2} | data.a | {}"
            })
    void aKeyMayStandOnceAndIsLeftOutWhereItsValuesDiffer(String text, String place, String left) throws Exception {
        assertThat(read(text).flaw()).isEqualTo(place + ": expected once, but it is given twice");
        assertThat(read(text).root()).isEqualTo(new ObjectMapper().readTree(left));
    }

    @Test
    void onlyUtf8IsRead() {
        assertThat(StrictJson.read("{}".getBytes(UTF_16), "data").flaw()).isEqualTo("it is no UTF-8");
        assertThat(StrictJson.read(new byte[] {'"', (byte) 0xe9, '"'}, "data").flaw())
                .isEqualTo("it is no UTF-8");
        assertThat(StrictJson.read("\"é😀\"".getBytes(UTF_8), "data").root().asText())
                .isEqualTo("é😀");
    }

    @Test
    void anEventsOwnFieldsGoByTheirNames() {
        assertThat(StrictJson.read("{\"id\":1,\"id\":2}".getBytes(UTF_8), "").flaw())
                .startsWith("id: expected once");
        assertThat(StrictJson.read("{}{}".getBytes(UTF_8), "").flaw()).startsWith("body: expected one");
    }

    private static JsonNode value(String written) {
        return read("{\"a\":%s}".formatted(written)).root().get("a");
    }

    private static StrictJson.Document read(String text) {
        return StrictJson.read(text.getBytes(UTF_8), "data");
    }
}

package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.http.MockHttpOutputMessage;

/** Lists as spreadsheets read them. */
class CsvConverterTest {

    record Row(String name, @Nullable String reason, List<String> lesions) {}

    @Test
    void writesAColumnForEachComponent() throws IOException {
        assertThat(csv(new Row("a", null, List.of("L1", "L2")))).isEqualTo("name,reason,lesions\r\na,,L1 L2\r\n");
    }

    @Test
    void quotesWhatWouldBreakTheLine() throws IOException {
        assertThat(csv(new Row("a,b", "say \"no\"\nnow", List.of())))
                .isEqualTo("name,reason,lesions\r\n\"a,b\",\"say \"\"no\"\"\nnow\",\r\n");
    }

    @Test
    void disarmsWhatASpreadsheetWouldTakeForAFormula() throws IOException {
        assertThat(csv(new Row("=1+1", "@x", List.of("-2")))).endsWith("'=1+1,'@x,'-2\r\n");
    }

    private static String csv(Row row) throws IOException {
        var output = new MockHttpOutputMessage();
        new CsvConverter().write(new Page<>(List.of(row), 1, 1, 1), new MediaType("text", "csv"), output);
        return output.getBodyAsString(UTF_8);
    }
}

package org.tumorboard.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about exceptions says what the table says; {@code -Dmatrix.write=true} writes it. */
class ExceptionPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/exception-paths.md");

    @Test
    void saysWhatTheTableSays() throws IOException {
        String text = new ExceptionPage(ExceptionMatrix.read()).text();
        if (Boolean.getBoolean("matrix.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, text);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(text);
    }
}

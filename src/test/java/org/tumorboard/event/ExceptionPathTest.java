package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The models name the exception paths by their numbers, and every number has its title. */
class ExceptionPathTest {

    private static final Pattern PATH = Pattern.compile("camunda:property name=\"path\" value=\"([^\"]*)\"");

    @Test
    void knowsEveryPathThatAModelNames() throws IOException {
        List<String> named;
        try (Stream<Path> models = Files.list(Path.of("bpmn"))) {
            named = models.filter(file -> file.toString().endsWith(".bpmn"))
                    .flatMap(file -> PATH.matcher(read(file)).results().map(found -> found.group(1)))
                    .toList();
        }

        assertThat(named).isNotEmpty();
        assertThat(named).allMatch(code -> ExceptionPath.ofCode(code).isPresent());
    }

    @Test
    void isKnownByNumberAndByMilestone() {
        assertThat(ExceptionPath.X_09B.code()).isEqualTo("X-09b");
        assertThat(ExceptionPath.X_09B.milestone()).isEqualTo("path-x-09b");
        assertThat(ExceptionPath.X_09).hasToString("X-09 Gamma Knife down or slot lost");
        assertThat(ExceptionPath.values())
                .allMatch(path -> ExceptionPath.ofMilestone(path.milestone()).orElseThrow() == path)
                .allMatch(path -> ExceptionPath.ofCode(path.code()).orElseThrow() == path);
        assertThat(ExceptionPath.ofMilestone("srs-delivered")).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("expected to read " + file, e);
        }
    }
}

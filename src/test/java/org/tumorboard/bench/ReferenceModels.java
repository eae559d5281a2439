package org.tumorboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The models that the reference workload is deployed with: the application's own, whose milestones the clocks ask for, and
 * the reference case, which opens on the event that otherwise opens the pathway.
 */
final class ReferenceModels {

    private static final String OPENS = "name=\"radiology.recurrence-suspected\"";
    private static final String OPENS_OTHERWISE = "name=\"neurosurgery.triage-completed\"";

    private ReferenceModels() {}

    /** Lets an application that is about to start deploy them. */
    static void deploy(DynamicPropertyRegistry settings) throws IOException {
        Path models = directory();
        settings.add("camunda.bpm.deployment-resource-pattern", () -> models.toUri() + "*");
    }

    /** @return the directory, which holds models and decision tables */
    private static Path directory() throws IOException {
        Path directory = Files.createTempDirectory("reference-models");
        for (Path model : models(Path.of("bpmn"))) {
            Files.writeString(
                    directory.resolve(model.getFileName()),
                    Files.readString(model).replace(OPENS, OPENS_OTHERWISE));
        }
        for (Path model : models(Path.of("src/test/resources/reference"))) {
            Files.copy(model, directory.resolve(model.getFileName()));
        }
        return directory;
    }

    private static List<Path> models(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn)"))
                    .toList();
        }
    }
}

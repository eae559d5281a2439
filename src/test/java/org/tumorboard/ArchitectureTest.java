package org.tumorboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packages are the stages of the flow; each may know only what the picture of the README says. */
class ArchitectureTest {

    private static final String ROOT = "org.tumorboard.";

    /** Which of our packages each package may import. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            entry("event", List.of()),
            entry("inbox", List.of("event", "pathway", "outbox")),
            entry("pathway", List.of("event", "sla", "outbox")),
            entry("sla", List.of("event")),
            entry("report", List.of("event", "sla")),
            entry("outbox", List.of("event")),
            entry("channel", List.of("event", "outbox")),
            entry("audit", List.of("event")),
            entry("entry", List.of("event")),
            entry(
                    "web",
                    List.of(
                            "event",
                            "sla",
                            "report",
                            "pathway",
                            "inbox",
                            "outbox",
                            "channel",
                            "entry",
                            "security",
                            "operations",
                            "audit")),
            entry("security", List.of("event")),
            entry("connection", List.of()),
            entry("operations", List.of("sla", "report", "inbox", "outbox", "channel", "pathway")),
            entry("embedded", List.of("event")));

    /** Third parties that only the named packages may import. */
    private static final Map<String, List<String>> ONLY_IN = Map.ofEntries(
            entry("org.camunda..", List.of("pathway")),
            entry("io.cloudevents..", List.of("event")),
            entry("com.networknt..", List.of("event")),
            entry("com.google.re2j..", List.of("event")),
            entry("org.apache.kafka.clients.consumer..", List.of("inbox")),
            entry("org.apache.kafka.clients.producer..", List.of("outbox", "embedded")),
            entry("org.springframework.security..", List.of("security")),
            entry("org.springframework.web..", List.of("web")),
            entry("org.springframework.mail..", List.of("channel")),
            entry("org.apache.catalina..", List.of("connection")),
            entry("org.apache.coyote..", List.of("connection")),
            entry("org.apache.tomcat..", List.of("connection")),
            entry("ca.uhn.fhir..", List.of("audit")),
            entry("org.hl7.fhir..", List.of("audit")),
            entry("kafka..", List.of("embedded")),
            entry("io.zonky..", List.of("embedded")));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tumorboard");

    @TestFactory
    Stream<DynamicTest> packagesImportOnlyWhatThePictureSays() {
        return MAY_IMPORT.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<String> others = new ArrayList<>(MAY_IMPORT.keySet());
                    others.remove(entry.getKey());
                    others.removeAll(entry.getValue());
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + entry.getKey() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(others.stream()
                                    .map(name -> ROOT + name + "..")
                                    .toArray(String[]::new))
                            .check(OURS);
                }));
    }

    @TestFactory
    Stream<DynamicTest> thirdPartiesStayWhereTheyBelong() {
        return ONLY_IN.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> noClasses()
                        .that()
                        .resideOutsideOfPackages(entry.getValue().stream()
                                .map(name -> ROOT + name + "..")
                                .toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(entry.getKey())
                        .check(OURS)));
    }

    @Test
    void everyPackageOfThePictureHoldsSomething() {
        MAY_IMPORT.keySet().forEach(name -> assertThat(OURS.stream()
                        .map(type -> type.getPackageName())
                        .filter(packageName -> packageName.equals(ROOT + name)))
                .as("classes in package " + name)
                .hasSizeGreaterThan(1));
    }

    @Test
    void noPackageStandsOutsideThePicture() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("org.tumorboard"),
                                MAY_IMPORT.keySet().stream().map(name -> ROOT + name))
                        .toArray(String[]::new))
                .check(OURS);
    }

    @Test
    void nothingIsNamedAfterAMiscellany() {
        assertThat(OURS.stream().map(HasName::getName))
                .noneMatch(name -> name.matches(".*\\.(util|utils|common|dto|service|impl)\\..*"));
    }
}

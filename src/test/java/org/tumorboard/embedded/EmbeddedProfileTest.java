package org.tumorboard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class EmbeddedProfileTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void withoutServersOfTheUsersOwnTheEmbeddedOnesAreTheDefault() {
        choose();

        assertThat(environment.getDefaultProfiles()).containsExactly("embedded");
    }

    @Test
    void withADatabaseAndABrokerGivenNothingIsEmbedded() {
        environment.setProperty("spring.datasource.url", "jdbc:postgresql://db/tumorboard");
        environment.setProperty("spring.kafka.bootstrap-servers", "broker:9092");

        choose();

        assertThat(environment.getDefaultProfiles()).doesNotContain("embedded");
    }

    @Test
    void oneOfTheTwoAloneIsRefusedInASentence() {
        environment.setProperty("spring.datasource.url", "jdbc:postgresql://db/tumorboard");

        assertThatExceptionOfType(EmbeddedServersException.class)
                .isThrownBy(this::choose)
                .withMessageStartingWith("SPRING_DATASOURCE_URL is given, but SPRING_KAFKA_BOOTSTRAP_SERVERS is not");
    }

    private void choose() {
        new EmbeddedProfile().postProcessEnvironment(environment, new SpringApplication());
    }
}

package org.tumorboard.report;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A target for tests that do not ask what the policy wants: nine of ten of every clock. */
@TestConfiguration
public class PlainTargets {

    @Bean
    @Primary
    Targets plainTargets() {
        return clock -> .9;
    }
}

package org.tumorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogsTellOfNoPatientTest {

    private static final Logger LOG = LoggerFactory.getLogger(LogsTellOfNoPatientTest.class);

    @Test
    void aLineAndTheCauseOfAFaultAreFound() {
        LOG.info("the patient is {}", "SYN-4711");
        LOG.warn("failed", new IllegalStateException("outer", new IllegalStateException("inner of WLK-0001")));
        LOG.info("case 5f0c1c1e-6a52-4d0c-9d0a-3f6f3a1e0001 waits for slot GKS-1");

        List<String> found = LeakingLines.take();

        assertThat(found).filteredOn(line -> line.contains("SYN-4711")).hasSize(1);
        assertThat(found).filteredOn(line -> line.contains("WLK-0001")).hasSize(1);
        assertThat(found).noneMatch(line -> line.contains("GKS-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "took {\"patientRef\": \"X1\"}",
                "body {\\\"lesionRefs\\\":[]}",
                "Detail: Failing row contains (a, b)",
                "birthDate 1950"
            })
    void contentsAreFoundWhoeverTheyAreAbout(String line) {
        assertThat(LeakingLines.leaks(line)).isTrue();
    }
}

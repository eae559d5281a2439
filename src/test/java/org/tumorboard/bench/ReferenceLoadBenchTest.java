package org.tumorboard.bench;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The reference workload at steady rates, and beside ever more open cases. */
@BenchTest
class ReferenceLoadBenchTest {

    @DynamicPropertySource
    static void deployReferenceModels(DynamicPropertyRegistry settings) throws IOException {
        ReferenceModels.deploy(settings);
    }

    @Autowired
    private LoadBench load;

    @Test
    void measures() throws Exception {
        load.measure(new ReferenceWorkload(), LoadSizes.given("bench.cases", 1000));
    }
}

package org.tumorboard.bench;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The main path at steady rates, and beside ever more open cases. */
@BenchTest
class MainPathLoadBenchTest {

    @Autowired
    private LoadBench load;

    @Test
    void measures() throws Exception {
        load.measure(new MainPathWorkload(), LoadSizes.given("bench.mainCases", 100));
    }
}

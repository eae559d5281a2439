package org.tumorboard.bench;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The reference workload through the application's own inbox, pathway and outbox. */
@BenchTest
class ReferenceWorkloadTest {

    @DynamicPropertySource
    static void deployReferenceModels(DynamicPropertyRegistry settings) throws IOException {
        ReferenceModels.deploy(settings);
    }

    @Autowired
    private Bench bench;

    @Autowired
    private Database database;

    @Autowired
    private BenchServers.Servers servers;

    @Test
    void measures() throws Exception {
        Sizes sizes = Sizes.given();
        String machine = Machine.description(database, servers.directory());

        Results results = bench.run(new ReferenceWorkload(), sizes.cases(), sizes.warmUp());

        Printout.print(machine, results);
    }
}

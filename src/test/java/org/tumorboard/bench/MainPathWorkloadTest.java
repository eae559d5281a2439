package org.tumorboard.bench;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Synthetic cases on the real models, through the application's own inbox, pathway and outbox. */
@BenchTest
class MainPathWorkloadTest {

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

        Results results = bench.run(new MainPathWorkload(), sizes.mainCases(), sizes.mainWarmUp());

        Printout.print(machine, results);
    }
}

package org.tumorboard.bench;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The reference workload through the application's own inbox, pathway and outbox. */
@BenchTest
@TestPropertySource(properties = "camunda.bpm.deployment-resource-pattern=classpath*:reference/*.bpmn")
class ReferenceWorkloadTest {

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

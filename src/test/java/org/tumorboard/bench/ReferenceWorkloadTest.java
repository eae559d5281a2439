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
    private BenchServers.Servers servers;

    @Test
    void measures() throws Exception {
        String machine = Machine.description(bench.database(), servers.directory());

        Results results = bench.run(new ReferenceWorkload(), Sizes.given().cases());

        Printout.print(machine, results);
    }
}

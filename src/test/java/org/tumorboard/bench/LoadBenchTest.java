package org.tumorboard.bench;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The reference workload at steady rates, and beside ever more open cases. */
@BenchTest
class LoadBenchTest {

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

    @Autowired
    private Environment environment;

    @Test
    void measures() throws Exception {
        String machine = Machine.description(database, servers.directory());
        Workload workload = new ReferenceWorkload();
        LoadSizes sizes = LoadSizes.given();
        bench.begin(workload);
        bench.stand(workload, sizes.openCases().get(0));
        bench.countStatements(workload, Variant.BATCHES, sizes.cases());

        try (Readers readers = new Readers(environment.getRequiredProperty("spring.kafka.bootstrap-servers"))) {
            Latencies latencies = Latencies.measured(bench, workload, sizes, readers);
            Printout.print(machine, "latency", latencies.table());
        }
        Growth growth = Growth.measured(bench, workload, sizes);
        Printout.print(machine, "open cases", growth.table());
    }
}

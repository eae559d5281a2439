package org.tumorboard.bench;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.env.Environment;
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
    private Bench bench;

    @Autowired
    private Database database;

    @Autowired
    private BenchServers.Servers servers;

    @Autowired
    private Environment environment;

    @Autowired
    private TestRestTemplate http;

    @Test
    void measures() throws Exception {
        String machine = Machine.description(database, servers.directory());
        Workload workload = new ReferenceWorkload();

        Load load = Load.measured(
                bench,
                workload,
                LoadSizes.given("bench.cases", 1000),
                environment.getRequiredProperty("spring.kafka.bootstrap-servers"),
                http);

        load.print(machine, workload);
    }
}

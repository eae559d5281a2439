package org.tumorboard.bench;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.env.Environment;

/** The main path at steady rates, and beside ever more open cases. */
@BenchTest
class MainPathLoadBenchTest {

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
        Workload workload = new MainPathWorkload();

        Load load = Load.measured(
                bench,
                workload,
                LoadSizes.given("bench.mainCases", 100),
                environment.getRequiredProperty("spring.kafka.bootstrap-servers"),
                http);

        load.print(machine, workload);
    }
}

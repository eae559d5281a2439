package org.tumorboard.bench;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.env.Environment;

/** Measures a workload at steady rates, and beside ever more open cases; each table is printed as soon as it is there. */
final class LoadBench {

    private final Bench bench;
    private final Database database;
    private final BenchServers.Servers servers;
    private final String bootstrapServers;
    private final TestRestTemplate http;

    LoadBench(
            Bench bench,
            Database database,
            BenchServers.Servers servers,
            Environment environment,
            TestRestTemplate http) {
        this.bench = bench;
        this.database = database;
        this.servers = servers;
        this.bootstrapServers = environment.getRequiredProperty("spring.kafka.bootstrap-servers");
        this.http = http;
    }

    void measure(Workload workload, LoadSizes sizes) throws IOException, InterruptedException, ExecutionException {
        String machine = Machine.description(database, servers.directory());
        bench.begin(workload);
        bench.stand(workload, sizes.openCases().get(0));
        bench.countStatements(workload, Variant.BATCHES, sizes.cases());
        try (Readers readers = new Readers(bootstrapServers)) {
            Latencies latencies = Latencies.measured(bench, workload, sizes, readers);
            Printout.print(machine, workload.title() + " latency", latencies.table());
        }
        Answers answers = new Answers(http);
        Growth growth = Growth.measured(bench, workload, sizes, answers);
        Printout.print(machine, workload.title() + " open cases", growth.table());
        Printout.print(machine, workload.title() + " answers", answers.table());
    }
}

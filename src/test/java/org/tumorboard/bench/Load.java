package org.tumorboard.bench;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** What is measured of a workload at steady rates, and beside ever more open cases. */
record Load(Latencies latencies, Growth growth, Answers answers) {

    static Load measured(
            Bench bench, Workload workload, LoadSizes sizes, String bootstrapServers, TestRestTemplate http)
            throws InterruptedException, ExecutionException {
        bench.begin(workload);
        bench.stand(workload, sizes.openCases().get(0));
        bench.countStatements(workload, Variant.BATCHES, sizes.cases());
        try (Readers readers = new Readers(bootstrapServers)) {
            Latencies latencies = Latencies.measured(bench, workload, sizes, readers);
            Answers answers = new Answers(http);
            return new Load(latencies, Growth.measured(bench, workload, sizes, answers), answers);
        }
    }

    void print(String machine, Workload workload) throws IOException {
        Printout.print(machine, workload.title() + " latency", latencies.table());
        Printout.print(machine, workload.title() + " open cases", growth.table());
        Printout.print(machine, workload.title() + " answers", answers.table());
    }
}

package org.tumorboard.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.context.TestPropertySource;
import org.tumorboard.inbox.MeasuredInbox;

/** How punctual thresholds are announced, by the application's own job executor and the models' own watch. */
@BenchTest
@TestPropertySource(properties = {"camunda.bpm.job-execution.enabled=true", "tumorboard.sla.self-check-every=1h"})
class TimerPunctualityBenchTest {

    @Autowired
    private ProcessEngineConfigurationImpl engine;

    @Autowired
    private JobExecutor executor;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private MeasuredInbox inbox;

    @Autowired
    private Feed feed;

    @Autowired
    private Database database;

    @Autowired
    private StatementCounter statements;

    @Autowired
    private BenchServers.Servers servers;

    @Test
    void measures() throws Exception {
        String machine = Machine.description(database, servers.directory());
        executor.shutdown();
        TimerBench bench = new TimerBench(
                TimerSizes.given(),
                engine,
                executor,
                database,
                statements,
                servers.process().toHandle());
        bench.prepare(openedCase());

        Printout.print(machine, "timers", bench.measure());
    }

    private String openedCase() throws Exception {
        BenchCase opened = new ReferenceWorkload().benchCase(1);
        Listener listener = new Listener(listeners, inbox, feed);
        listener.hold();
        listener.fill(List.of(opened.events().get(0)), 1);
        listener.takeAll();
        await().atMost(Duration.ofMinutes(1)).until(database::everythingIsSent);
        return opened.caseId().value();
    }
}

package org.tumorboard.pathway;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * When the application stops: the engine reaches for no more timers, those under way are finished, and those that this node
 * has locked and not begun are given back at once, so that another node need not wait for the end of their lock.
 */
@Component
@ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
final class TimersAtStop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TimersAtStop.class);
    private static final int LAST_TIMERS_SECONDS = 10;

    /** Before the outbox' relay, which still sends what the last timers said. */
    private static final int PHASE = 1_000;

    private final JobExecutor jobExecutor;
    private final ThreadPoolTaskExecutor threads;
    private final JdbcClient jdbc;
    private volatile boolean running;

    TimersAtStop(
            JobExecutor jobExecutor,
            @Qualifier("camundaTaskExecutor") ThreadPoolTaskExecutor threads,
            JdbcClient jdbc) {
        this.jobExecutor = jobExecutor;
        this.threads = threads;
        this.jdbc = jdbc;
    }

    /** The engine starts its timers itself, once the application is ready. */
    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        jobExecutor.shutdown();
        threads.getThreadPoolExecutor().getQueue().clear();
        threads.setWaitForTasksToCompleteOnShutdown(true);
        threads.setAwaitTerminationSeconds(LAST_TIMERS_SECONDS);
        threads.shutdown();
        giveBack();
    }

    private void giveBack() {
        try {
            jdbc.sql("update act_ru_job set lock_owner_ = null, lock_exp_time_ = null where lock_owner_ = :me")
                    .param("me", jobExecutor.getLockOwner())
                    .update();
        } catch (DataAccessException e) {
            LOG.warn("timers of this node wait for the end of their lock: {}", e.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

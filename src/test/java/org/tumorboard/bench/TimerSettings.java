package org.tumorboard.bench;

import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The ways in which the engine's timers are looked for; everything else is the same application. */
enum TimerSettings {
    OURS("ours: by due date, with an index, 50 at once, every 100 ms") {
        @Override
        Running start(ProcessEngineConfigurationImpl engine, JobExecutor ofTheApplication, JdbcClient jdbc) {
            order(engine, true);
            jdbc.sql("create index if not exists act_ru_job_due on act_ru_job (duedate_) where retries_ > 0")
                    .update();
            engine.setJobExecutor(ofTheApplication);
            ofTheApplication.start();
            return ofTheApplication::shutdown;
        }
    },
    DEFAULTS("the engine's defaults: any order, 3 at once, idle waits of 5 to 60 s") {
        @Override
        Running start(ProcessEngineConfigurationImpl engine, JobExecutor ofTheApplication, JdbcClient jdbc) {
            order(engine, false);
            jdbc.sql("drop index if exists act_ru_job_due").update();
            ThreadPoolTaskExecutor threads = threads(3, 10, 3);
            SpringJobExecutor executor = executor(engine, threads);
            engine.setJobExecutor(executor);
            Running running = started(executor, threads);
            return () -> {
                running.close();
                engine.setJobExecutor(ofTheApplication);
            };
        }
    };

    /** A job executor at work; closing it ends it. */
    interface Running extends AutoCloseable {

        @Override
        void close();
    }

    private final String title;

    TimerSettings(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** A second node with our settings, on the same database. */
    static Running second(ProcessEngineConfigurationImpl engine, JobExecutor like) {
        ThreadPoolTaskExecutor threads = threads(4, 4, 50);
        SpringJobExecutor executor = executor(engine, threads);
        executor.setMaxJobsPerAcquisition(like.getMaxJobsPerAcquisition());
        executor.setWaitTimeInMillis(like.getWaitTimeInMillis());
        executor.setMaxWait(like.getMaxWait());
        executor.setBackoffTimeInMillis(like.getBackoffTimeInMillis());
        executor.setMaxBackoff(like.getMaxBackoff());
        executor.setLockTimeInMillis(like.getLockTimeInMillis());
        return started(executor, threads);
    }

    abstract Running start(ProcessEngineConfigurationImpl engine, JobExecutor ofTheApplication, JdbcClient jdbc);

    private static void order(ProcessEngineConfigurationImpl engine, boolean byDueDate) {
        engine.setJobExecutorAcquireByDueDate(byDueDate);
        engine.setEnsureJobDueDateNotNull(byDueDate);
    }

    private static ThreadPoolTaskExecutor threads(int core, int most, int queue) {
        ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
        threads.setCorePoolSize(core);
        threads.setMaxPoolSize(most);
        threads.setQueueCapacity(queue);
        threads.initialize();
        return threads;
    }

    private static SpringJobExecutor executor(ProcessEngineConfigurationImpl engine, ThreadPoolTaskExecutor threads) {
        SpringJobExecutor executor = new SpringJobExecutor();
        executor.setTaskExecutor(threads);
        executor.setRejectedJobsHandler(engine.getJobExecutor().getRejectedJobsHandler());
        executor.registerProcessEngine(engine.getProcessEngine());
        return executor;
    }

    private static Running started(JobExecutor executor, ThreadPoolTaskExecutor threads) {
        executor.start();
        return () -> {
            executor.shutdown();
            threads.shutdown();
        };
    }
}

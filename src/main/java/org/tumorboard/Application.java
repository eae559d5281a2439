package org.tumorboard;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.TransactionException;
import org.tumorboard.audit.VerifyCommand;
import org.tumorboard.security.PasswordCommand;

/** Starts the tumor-board engine: inbox, pathway, outbox and pages in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    public static void main(String[] arguments) {
        if (PasswordCommand.isAsked(arguments)) {
            System.exit(PasswordCommand.run(arguments));
        }
        useUtc();
        if (VerifyCommand.isAsked(arguments)) {
            System.exit(VerifyCommand.run(arguments));
        }
        SpringApplication.run(Application.class, arguments);
    }

    /** The engine keeps due dates without a zone: in any other, the hour that summer time repeats would be two. */
    static void useUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    /** The one clock: every decision of ours takes its {@code now} from it, in UTC. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** What is done now and then, and could not be while a server was away, says so in one line, and is done the next time. */
    @Bean
    ThreadPoolTaskSchedulerCustomizer repeatedWork() {
        return scheduler -> scheduler.setErrorHandler(fault -> {
            if (fault instanceof DataAccessException || fault instanceof TransactionException) {
                LOG.warn("left for the next time, since the database does not answer: {}", fault.toString());
            } else {
                LOG.error("repeated work failed", fault);
            }
        });
    }

    /** Migrations of a large table may take longer than a statement otherwise may: they have connections of their own. */
    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime() {
        return flyway -> {
            if (flyway.getDataSource() instanceof HikariDataSource pool) {
                flyway.dataSource(DataSourceBuilder.derivedFrom(pool)
                        .type(SimpleDriverDataSource.class)
                        .build());
            }
        };
    }
}

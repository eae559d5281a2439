package org.tumorboard.pathway;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.PersonSignedIn;

/**
 * At each start, brings the engine's people, grants, filters and indexes in line, and a person who signs in at an issuer;
 * of several nodes, one after the other.
 */
@Component
class EngineReadiness {

    /** Any number that nobody else locks. */
    private static final long LOCK = 724_001;

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final EngineAccounts accounts;
    private final EngineGrants grants;
    private final TaskFilters filters;
    private final EngineIndexes indexes;

    EngineReadiness(
            TransactionTemplate transaction,
            JdbcClient jdbc,
            EngineAccounts accounts,
            EngineGrants grants,
            TaskFilters filters,
            EngineIndexes indexes) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.grants = grants;
        this.filters = filters;
        this.indexes = indexes;
    }

    @EventListener(ApplicationStartedEvent.class)
    void bringInLine() {
        oneAfterTheOther(() -> {
            accounts.bringInLine();
            grants.bringInLine();
            filters.bringInLine();
            indexes.bringInLine();
        });
    }

    /** Before the person sees anything; if it fails, they are not signed in. */
    @EventListener
    void bringInLine(PersonSignedIn event) {
        oneAfterTheOther(() -> accounts.bringInLine(event.person()));
    }

    private void oneAfterTheOther(Runnable work) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query((row, number) -> number)
                    .list();
            work.run();
        });
    }
}

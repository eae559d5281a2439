package org.tumorboard;

import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.tumorboard.embedded.EmbeddedServers;

/** The engine's own tables in a database of the tests' server, as its first start makes them. */
public final class EngineTables {

    private EngineTables() {}

    public static void create(String jdbcUrl) {
        EmbeddedServers servers = TestServers.running();
        ProcessEngineConfiguration.createStandaloneProcessEngineConfiguration()
                .setJdbcUrl(jdbcUrl)
                .setJdbcDriver("org.postgresql.Driver")
                .setJdbcUsername(servers.username())
                .setJdbcPassword(servers.password())
                .setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE)
                .setHistory(ProcessEngineConfiguration.HISTORY_FULL)
                .setJobExecutorActivate(false)
                .setProcessEngineName("makes-tables")
                .buildProcessEngine()
                .close();
    }
}

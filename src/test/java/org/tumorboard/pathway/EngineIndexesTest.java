package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.EngineTest;

@EngineTest
class EngineIndexesTest {

    @Autowired
    EngineIndexes indexes;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void theStartAddsTheIndexOnDueDatesToTheEnginesTable() {
        assertThat(isThere()).isTrue();
    }

    @Test
    void addsItAgainOnlyIfItIsMissing() {
        jdbc.sql("drop index act_ru_job_due").update();

        transaction.executeWithoutResult(status -> indexes.bringInLine());
        transaction.executeWithoutResult(status -> indexes.bringInLine());

        assertThat(isThere()).isTrue();
    }

    private boolean isThere() {
        return jdbc.sql("select count(*) from pg_indexes where indexname = 'act_ru_job_due'"
                                + " and tablename = 'act_ru_job' and indexdef like '%(duedate_)%'")
                        .query(Long.class)
                        .single()
                == 1;
    }
}

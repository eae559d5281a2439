package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
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

    @Test
    void whatIsReadAheadIsFoundByAnIndex() throws IOException {
        String statements = new ClassPathResource("mybatis/read-ahead.xml").getContentAsString(StandardCharsets.UTF_8);
        List<String> columns = Pattern.compile("from (ACT_\\w+)[^<]*?where (?:RES\\.)?(\\w+) = any")
                .matcher(statements)
                .results()
                .map(found -> (found.group(1) + "." + found.group(2)).toLowerCase(Locale.ROOT))
                .toList();

        assertThat(columns).contains("act_ru_variable.proc_inst_id_");
        assertThat(columns).hasSize(statements.split("<select", -1).length - 1);
        assertThat(indexedColumns()).containsAll(columns);
    }

    /** Of each index the column it is ordered by. */
    private List<String> indexedColumns() {
        return jdbc.sql(
                        """
                        select c.relname || '.' || a.attname
                        from pg_index i join pg_class c on c.oid = i.indrelid
                        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                        """)
                .query(String.class)
                .list();
    }

    private boolean isThere() {
        return jdbc.sql("select count(*) from pg_indexes where indexname = 'act_ru_job_due'"
                                + " and tablename = 'act_ru_job' and indexdef like '%(duedate_)%'")
                        .query(Long.class)
                        .single()
                == 1;
    }
}

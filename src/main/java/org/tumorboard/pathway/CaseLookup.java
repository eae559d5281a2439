package org.tumorboard.pathway;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** Tells by an id of the engine's, also of what is over, whose case it is. */
@Component
class CaseLookup {

    private final JdbcClient jdbc;

    CaseLookup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param id of a process instance, an execution or a task
     */
    Optional<CaseId> of(String id) {
        return jdbc.sql(
                        """
                        select business_key_ from act_hi_procinst
                        where business_key_ is not null and id_ in (
                          select cast(:id as varchar)
                          union all select proc_inst_id_ from act_ru_execution where id_ = :id
                          union all select proc_inst_id_ from act_hi_taskinst where id_ = :id)
                        limit 1
                        """)
                .param("id", id)
                .query(String.class)
                .optional()
                .filter(CaseId::isOne)
                .map(CaseId::new);
    }
}

package org.tumorboard.pathway;

import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseStatus;
import org.tumorboard.event.Urgency;

/**
 * Which cases are asked for; null asks for all.
 *
 * @param group whose open work the case must have, a department or {@code board-chair}
 * @param text part of the case id or of the patient's pseudonym
 * @param open whether the case must be open or closed
 */
public record CaseFilter(
        @Nullable CaseStatus status,
        @Nullable Urgency urgency,
        @Nullable String group,
        @Nullable String text,
        @Nullable Boolean open) {

    static final String BY_STATUS = "c.status = :status";
    static final String BY_URGENCY = "c.urgency = :urgency";
    static final String BY_TEXT =
            "(strpos(lower(c.case_id), lower(:text)) > 0 or strpos(lower(c.patient_ref), lower(:text)) > 0)";
    static final String BY_GROUP =
            """
            exists (select from act_ru_execution e
              join act_ru_task t on t.proc_inst_id_ = e.id_
              join act_ru_identitylink l on l.task_id_ = t.id_
              where e.business_key_ = c.case_id and l.group_id_ = :group)
            """;
}

package org.tumorboard.inbox;

import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Department;
import org.tumorboard.event.Outcome;

/**
 * Which events are asked for; null asks for all.
 *
 * @param text part of the id of their case, or of the patient's pseudonym
 */
public record EventFilter(@Nullable Outcome outcome, @Nullable Department department, @Nullable String text) {

    /** The newest of them, if there are very many: whoever searches for so little has to say more. */
    static final String CASES_WITH_TEXT =
            """
            select case_id from tumor_case
            where strpos(lower(case_id), lower(:text)) > 0 or strpos(lower(patient_ref), lower(:text)) > 0
            order by opened_at desc limit 500
            """;

    /** Those of the cases, and those that wait or failed before a case was found for them: each arm has its index. */
    static final String BY_TEXT =
            """
            (case_id = any(:cases)
              or outcome = 'PARKED' and (strpos(lower(patient_ref), lower(:text)) > 0 or strpos(lower(subject), lower(:text)) > 0)
              or outcome = 'FAILED' and (strpos(lower(patient_ref), lower(:text)) > 0 or strpos(lower(subject), lower(:text)) > 0))
            """;
}

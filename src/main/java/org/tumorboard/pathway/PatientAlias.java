package org.tumorboard.pathway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;

/**
 * A pseudonym that was given up for another.
 *
 * @param patientRef given up; departments may still name it
 * @param survivingRef what remains
 * @param mergedAt when the second person confirmed
 * @param confirmedBy the first person, {@code user:<name>}
 * @param confirmedAlso the second person
 */
public record PatientAlias(
        String patientRef,
        String survivingRef,
        CaseId caseId,
        Instant mergedAt,
        Instant recordedAt,
        @Nullable String reason,
        String confirmedBy,
        String confirmedAlso) {}

package org.tumorboard.pathway;

/**
 * A case goes on under another pseudonym; published in the transaction that re-keys it.
 *
 * @param patientRef given up
 * @param survivingRef what remains
 */
public record PatientRekeyed(String patientRef, String survivingRef) {}

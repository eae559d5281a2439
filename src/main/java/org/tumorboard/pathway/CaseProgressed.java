package org.tumorboard.pathway;

import java.util.Set;

/**
 * Published after the commit of a transaction that moved cases.
 *
 * @param patientRefs whose cases moved, so that their parked events can be tried again
 */
public record CaseProgressed(Set<String> patientRefs) {}

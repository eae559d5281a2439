package org.tumorboard.audit;

import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Deed;

/**
 * How the codes of DICOM and FHIR call a deed.
 *
 * @param type of DICOM
 * @param subtype of DICOM or of FHIR's interactions, if one fits
 */
record DeedCodes(Coding type, @Nullable Coding subtype, AuditEventAction action) {

    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";

    /**
     * @param deed a name of {@link Deed}, or of one that was there once
     */
    static DeedCodes of(String deed) {
        for (Deed known : Deed.values()) {
            if (known.name().equals(deed)) {
                return of(known);
            }
        }
        return new DeedCodes(dicom("110100", "Application Activity"), null, AuditEventAction.E);
    }

    private static DeedCodes of(Deed deed) {
        return switch (deed) {
            case SIGNED_IN, SIGNED_IN_PER_REQUEST, SIGN_IN_REFUSED, SIGN_IN_THROTTLED -> authentication(
                    "110122", "Login");
            case SIGNED_OUT -> authentication("110123", "Logout");
            case READ_CASE, READ_LETTER -> record("read", AuditEventAction.R);
            case SENT_EVENT, ENTERED_EVENT -> record("create", AuditEventAction.C);
            case CORRECTED_EVENT,
                    WAIVED_CLOCK,
                    PAUSED_CLOCK,
                    RESUMED_CLOCK,
                    LOWERED_URGENCY,
                    REDROVE_EVENT,
                    REJECTED_ENTRY,
                    ACKNOWLEDGED -> record("update", AuditEventAction.U);
            case RETRACTED_EVENT, ERASED_PATIENT -> record("delete", AuditEventAction.D);
            case CLAIMED_STEP, RELEASED_STEP, COMPLETED_STEP, AGREED_AS_SECOND_PERSON -> new DeedCodes(
                    dicom("110111", "Procedure Record"), interaction("update"), AuditEventAction.U);
            case READ_AUDIT -> new DeedCodes(dicom("110101", "Audit Log Used"), null, AuditEventAction.R);
            case CHANGED_ACCESS -> alert("110137", "User Security Attributes Changed");
            case CHANGED_CONFIGURATION -> alert("110131", "Software Configuration");
            case CHANGED_PROCESS, RETRIED_WORK -> new DeedCodes(
                    dicom("110100", "Application Activity"), interaction("update"), AuditEventAction.U);
            case EXPORTED -> new DeedCodes(dicom("110106", "Export"), null, AuditEventAction.R);
        };
    }

    private static DeedCodes authentication(String code, String display) {
        return new DeedCodes(dicom("110114", "User Authentication"), dicom(code, display), AuditEventAction.E);
    }

    private static DeedCodes alert(String code, String display) {
        return new DeedCodes(dicom("110113", "Security Alert"), dicom(code, display), AuditEventAction.U);
    }

    private static DeedCodes record(String interaction, AuditEventAction action) {
        return new DeedCodes(dicom("110110", "Patient Record"), interaction(interaction), action);
    }

    private static Coding dicom(String code, String display) {
        return new Coding(DICOM, code, display);
    }

    private static Coding interaction(String code) {
        return new Coding(INTERACTION, code, code);
    }
}

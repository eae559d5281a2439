package org.tumorboard.event;

/** The form of a patient's pseudonym, the same in every schema. */
public final class PatientRef {

    private static final LinearPattern FORM = LinearPattern.of("[A-Za-z0-9][A-Za-z0-9._-]{3,63}");

    private PatientRef() {}

    /** Whether a text can be one at all. */
    public static boolean isOne(String text) {
        return FORM.matches(text);
    }
}

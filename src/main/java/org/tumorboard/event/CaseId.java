package org.tumorboard.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * One patient and one recurrence episode; the engine's business key.
 *
 * @param value 1–64 characters: letters, digits and {@code . _ : -}
 */
public record CaseId(@JsonValue String value) implements Comparable<CaseId> {

    private static final int SHORT = 8;
    private static final int SHOWN = 80;
    private static final LinearPattern FORM = LinearPattern.of("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    public CaseId {
        if (!isOne(value)) {
            throw new IllegalArgumentException(expectation(value));
        }
    }

    /** What is said of a text that is none. */
    static String expectation(String text) {
        return "expected a case id of 1–64 letters, digits and . _ : -, but got '%s'"
                .formatted(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }

    /** Whether a text has the form of a case id. */
    public static boolean isOne(String text) {
        return FORM.matches(text);
    }

    /** The id of a case whose opening event names none: the same event always gives the same case. */
    public static CaseId openedBy(EventIdentity event) {
        return new CaseId(UUID.nameUUIDFromBytes((event.source() + "\n" + event.id()).getBytes(UTF_8))
                .toString());
    }

    /** The id of the case that follows this one when the tumour comes back. */
    public CaseId next() {
        return openedBy(new EventIdentity("urn:tumorboard:re-entered", value));
    }

    /** Its last eight characters: enough to find it by on the page of cases, and no more, for a mail. */
    public String shortCode() {
        return value.substring(Math.max(0, value.length() - SHORT));
    }

    @Override
    public int compareTo(CaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

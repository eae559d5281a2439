package org.tumorboard.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the edge makes of a record: an event, or a refusal that says what was expected. */
public sealed interface Reading {

    /** @param dropped the fields that its schema does not know, which are not in the event's data any more */
    record Accepted(InboundEvent event, Dropped dropped) implements Reading {}

    /**
     * Fields that no schema knows.
     *
     * @param count of all of them
     * @param names of the first of them that are plain words, {@value #MOST_NAMES} at most
     */
    record Dropped(int count, List<String> names) {

        public static final int MOST_NAMES = 5;

        public static final Dropped NOTHING = new Dropped(0, List.of());
    }

    /**
     * @param identity as far as it could be read and can be held
     * @param type the claimed wire type, as far as it could be read
     * @param reason a sentence naming the field and what was expected
     * @param claim what it says it is about, as far as that can be told; null if it cannot
     */
    record Refused(@Nullable EventIdentity identity, @Nullable String type, String reason, @Nullable Claim claim)
            implements Reading {

        private static final int LONGEST_TYPE = 200;
        private static final int LONGEST_REASON = 2000;

        public Refused {
            identity = identity != null && identity.isPlain() ? identity : null;
            type = type == null ? null : StorableText.shown(type, LONGEST_TYPE);
            reason = StorableText.shown(reason, LONGEST_REASON);
        }

        /** The same under another identity: its own is another event's. */
        public Refused under(EventIdentity other) {
            return new Refused(other, type, reason, claim);
        }

        /** The same, about a patient who goes by another pseudonym now. */
        public Refused about(String survivingPatientRef) {
            return claim == null
                    ? this
                    : new Refused(
                            identity,
                            type,
                            reason,
                            new Claim(claim.type(), claim.fact(), survivingPatientRef, claim.subject()));
        }
    }

    /**
     * What a refused record says it is about: a type that its sender may send, and a patient.
     *
     * @param fact what kind of fact it would have been
     * @param patientRef a well-formed pseudonym; null for news of a whole unit
     * @param subject the case that it names; null if it names none in a form that a case id can have
     */
    record Claim(EventType type, Fact fact, @Nullable String patientRef, @Nullable CaseId subject) {}
}

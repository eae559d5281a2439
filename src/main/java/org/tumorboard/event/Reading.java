package org.tumorboard.event;

import org.jspecify.annotations.Nullable;

/** What the edge makes of a record: an event, or a refusal that says what was expected. */
public sealed interface Reading {

    record Accepted(InboundEvent event) implements Reading {}

    /**
     * @param identity as far as it could be read and can be held
     * @param type the claimed wire type, as far as it could be read
     * @param reason a sentence naming the field and what was expected
     */
    record Refused(@Nullable EventIdentity identity, @Nullable String type, String reason) implements Reading {

        private static final int LONGEST_TYPE = 200;
        private static final int LONGEST_REASON = 2000;

        public Refused {
            identity = identity != null && identity.isPlain() ? identity : null;
            type = type == null ? null : StorableText.shown(type, LONGEST_TYPE);
            reason = StorableText.shown(reason, LONGEST_REASON);
        }
    }
}

package org.tumorboard.event;

import java.util.List;

/**
 * What makes an event that event, for ever: CloudEvents {@code source} and {@code id} together.
 *
 * @param source the sender, a URI reference, as CloudEvents asks
 * @param id unique within the source
 */
public record EventIdentity(String source, String id) {

    static final int LONGEST_SOURCE = 300;
    static final int LONGEST_ID = 200;

    /** The same identity under the one spelling in which events bring it: a UUID in lower case. */
    public EventIdentity canonical() {
        return new EventIdentity(source, UuidText.canonical(id));
    }

    /** Under which spellings it may be kept since before there was but one. */
    public List<EventIdentity> spellings() {
        return UuidText.spellings(id).stream()
                .map(spelling -> new EventIdentity(source, spelling))
                .toList();
    }

    /** Whether both can be kept as they are, for ever. */
    public boolean isPlain() {
        return StorableText.isPlain(source, LONGEST_SOURCE) && StorableText.isPlain(id, LONGEST_ID);
    }
}

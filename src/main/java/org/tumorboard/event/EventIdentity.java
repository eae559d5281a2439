package org.tumorboard.event;

/**
 * What makes an event that event, for ever: CloudEvents {@code source} and {@code id} together.
 *
 * @param source the sender, a URI reference, as CloudEvents asks
 * @param id unique within the source
 */
public record EventIdentity(String source, String id) {

    static final int LONGEST_SOURCE = 300;
    static final int LONGEST_ID = 200;

    /** Whether both can be kept as they are, for ever. */
    public boolean isPlain() {
        return StorableText.isPlain(source, LONGEST_SOURCE) && StorableText.isPlain(id, LONGEST_ID);
    }
}

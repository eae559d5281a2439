package org.tumorboard.event;

/**
 * What makes an event that event, for ever: CloudEvents {@code source} and {@code id} together.
 *
 * @param source the sender, a URI reference, as CloudEvents asks
 * @param id unique within the source
 */
public record EventIdentity(String source, String id) {}

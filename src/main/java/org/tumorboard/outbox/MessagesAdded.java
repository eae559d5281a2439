package org.tumorboard.outbox;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Messages were added to the outbox; told in the transaction that adds them.
 *
 * @param places where each stands in the outbox, by its id
 */
public record MessagesAdded(List<OutboundMessage> messages, Map<UUID, Long> places) {}

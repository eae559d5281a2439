package org.tumorboard.outbox;

import java.util.List;

/** Messages were added to the outbox; told in the transaction that adds them. */
public record MessagesAdded(List<OutboundMessage> messages) {}

package org.tumorboard.web;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.inbox.InboxEntry;
import org.tumorboard.inbox.InboxQueries;

/** Puts to each event, for pages and API alike, what became of it later: a correction or a retraction. */
@Component
final class EventFinder {

    private final InboxQueries events;

    EventFinder(InboxQueries events) {
        this.events = events;
    }

    List<EventView> views(List<InboxEntry> entries) {
        Map<EventIdentity, InboxEntry> amendments =
                events.amendments(entries.stream().map(InboxEntry::identity).toList());
        return entries.stream()
                .map(entry -> EventView.of(entry, amendments.get(entry.identity())))
                .toList();
    }
}

package org.tumorboard.web;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxEntry;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.pathway.SettlementTasks;

/**
 * Puts to each event, for pages and API alike, what became of it later: a correction or a retraction; and the task in which
 * somebody is to decide about it.
 */
@Component
final class EventFinder {

    private final InboxQueries events;
    private final SettlementTasks tasks;

    EventFinder(InboxQueries events, SettlementTasks tasks) {
        this.events = events;
        this.tasks = tasks;
    }

    List<EventView> views(List<InboxEntry> entries) {
        Map<EventIdentity, InboxEntry> amendments =
                events.amendments(entries.stream().map(InboxEntry::identity).toList());
        Map<EventIdentity, String> settlements = tasks.about(entries.stream()
                .filter(entry -> entry.outcome() == Outcome.PARKED)
                .map(InboxEntry::identity)
                .toList());
        return entries.stream()
                .map(entry -> EventView.of(entry, amendments.get(entry.identity()), settlements.get(entry.identity())))
                .toList();
    }
}

package org.tumorboard.inbox;

import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.pathway.WaitingStep;

/**
 * What a batch knows of Gamma Knife units: the news that have just come, and the older ones of units that its cases come
 * to wait for. Only news that still hold are offered; which later news end them, their schemas say.
 */
final class UnitNews {

    private final InboxTable table;
    private final EventSchemas schemas;
    private final Map<EventIdentity, InboundEvent> known = new LinkedHashMap<>();
    private final Set<String> unitsAsked = new HashSet<>();
    private final Set<Wait> waits = new HashSet<>();
    private List<InboundEvent> holding = List.of();

    UnitNews(InboxTable table, EventSchemas schemas) {
        this.table = table;
        this.schemas = schemas;
    }

    /** @param since the instant after which news count; with another one the element waits anew */
    private record Wait(CaseId caseId, String element, String unit, @Nullable String since) {}

    private record Kind(String unit, EventType type) {}

    /** Takes in news that have just come, with what was said of their units before. */
    void add(List<InboundEvent> fresh) {
        ask(fresh.stream().map(InboundEvent::unit).collect(toSet()));
        take(fresh);
    }

    /** Waits that were there before the batch: whatever was said before was offered to them when they began. */
    void areOld(Collection<WaitingStep> steps) {
        waits(steps).forEach(waits::add);
    }

    /** Fetches the older news of the units that cases have come to wait for. */
    void fetchFor(Collection<WaitingStep> steps) {
        ask(waits(steps).stream().filter(waits::add).map(Wait::unit).collect(toSet()));
    }

    /** The news that hold, the newest first. */
    List<InboundEvent> holding() {
        return holding;
    }

    private static List<Wait> waits(Collection<WaitingStep> steps) {
        return steps.stream()
                .flatMap(step -> step
                        .awaitedUnit()
                        .map(unit -> new Wait(step.caseId(), step.element().id(), unit, step.awaitedSince()))
                        .stream())
                .toList();
    }

    private void ask(Set<String> units) {
        Set<String> asked = units.stream().filter(unitsAsked::add).collect(toSet());
        if (!asked.isEmpty()) {
            table.lockUnits(asked);
            take(table.aboutUnits(asked));
        }
    }

    private void take(List<InboundEvent> news) {
        if (news.isEmpty()) {
            return;
        }
        news.forEach(event -> known.putIfAbsent(event.identity(), event));
        Map<Kind, Instant> newest = new HashMap<>();
        known.values()
                .forEach(event -> newest.merge(
                        new Kind(event.unit(), event.type()), event.time(), (a, b) -> a.isAfter(b) ? a : b));
        List<InboundEvent> held = new ArrayList<>(known.values().stream()
                .filter(event -> schemas.replacedBy(event.type()).stream()
                        .map(type -> newest.get(new Kind(event.unit(), type)))
                        .noneMatch(later -> later != null && later.isAfter(event.time())))
                .toList());
        held.sort((a, b) -> b.time().compareTo(a.time()));
        holding = List.copyOf(held);
    }
}

package org.tumorboard.sla;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Urgency;

/**
 * What stands of a case's ledger: of each key the newest amendment, joined instants told from those that stand. It
 * depends on what was recorded, never on the order.
 */
public final class Ledger {

    /** The end of the pathway, whatever it was. */
    public static final String CASE_CLOSED = "case-closed";

    static final String EARLY_SURGERY = "early-surgery-allowed";

    private static final String URGENCY = "urgency-";

    private static final Comparator<Entry> BY_TIME =
            Comparator.comparing(Entry::at).thenComparing(Entry::anchor);

    private final Map<Milestone.Key, Milestone> newest;
    private final Map<String, List<Entry>> byName;
    private final List<Milestone> adjustments;

    private Ledger(Map<Milestone.Key, Milestone> newest, Map<String, List<Entry>> byName, List<Milestone> adjustments) {
        this.newest = newest;
        this.byName = byName;
        this.adjustments = adjustments;
    }

    /**
     * A clinical instant that stands.
     *
     * @param recordedAt when the engine first learned of it
     */
    public record Entry(Milestone.Key key, Instant at, Instant recordedAt) {

        String anchor() {
            return key.source() + " " + key.eventId();
        }
    }

    /** Folds all that was ever recorded of a case. */
    public static Ledger of(Collection<Milestone> recorded) {
        Map<Milestone.Key, Milestone> newest = new LinkedHashMap<>();
        Map<Milestone.Key, Instant> learned = new LinkedHashMap<>();
        for (Milestone milestone : recorded) {
            newest.merge(milestone.key(), milestone, Ledger::newer);
            learned.merge(milestone.key(), milestone.recordedAt(), (a, b) -> a.isBefore(b) ? a : b);
        }
        Map<String, List<Entry>> byName = newest.values().stream()
                .filter(Milestone::isClinical)
                .flatMap(
                        milestone -> instant(milestone, newest)
                                .map(at -> new Entry(milestone.key(), at, learned.get(milestone.key())))
                                .stream())
                .sorted(BY_TIME)
                .collect(groupingBy(entry -> entry.key().name()));
        List<Milestone> adjustments = newest.values().stream()
                .filter(milestone -> !milestone.isClinical() && !milestone.isRetracted())
                .sorted(Comparator.comparing(Milestone::at).thenComparing(Milestone::eventId))
                .toList();
        return new Ledger(newest, byName, adjustments);
    }

    private static Milestone newer(Milestone one, Milestone other) {
        return Milestone.BY_AMENDMENT.compare(one, other) > 0 ? one : other;
    }

    private static Optional<Instant> instant(Milestone milestone, Map<Milestone.Key, Milestone> newest) {
        if (milestone.isRetracted()) {
            return Optional.empty();
        }
        if (milestone.joined().isEmpty()) {
            return Optional.of(milestone.at());
        }
        Instant latest = Instant.MIN;
        for (Milestone.Key key : milestone.joined()) {
            Optional<Instant> part =
                    newest.containsKey(key) ? instant(newest.get(key), newest) : Optional.of(milestone.at());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            latest = part.get().isAfter(latest) ? part.get() : latest;
        }
        return Optional.of(latest);
    }

    /** When the entry of that key happened, as far as it stands. */
    public Optional<Instant> standing(Milestone.Key key) {
        return instant(newest.get(key), newest);
    }

    /** What counts of the entries that an event caused, also where it retracts them. */
    public List<Milestone> causedBy(EventIdentity event) {
        return newest.values().stream()
                .filter(milestone -> milestone.source().equals(event.source())
                        && milestone.eventId().equals(event.id()))
                .toList();
    }

    /** What stands under a name, by clinical time. */
    public List<Entry> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** What stands under any of these names, by clinical time. */
    List<Entry> named(Collection<String> names) {
        return names.stream()
                .flatMap(name -> named(name).stream())
                .sorted(BY_TIME)
                .toList();
    }

    /** The latest instant that stands under a name. */
    public Optional<Instant> latest(String name) {
        List<Entry> entries = named(name);
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).at());
    }

    /** The latest entry under each of these names that has one: what a joint milestone is told from. */
    public List<Entry> latestOf(Collection<String> names) {
        return names.stream()
                .map(this::named)
                .filter(entries -> !entries.isEmpty())
                .map(entries -> entries.get(entries.size() - 1))
                .toList();
    }

    /** What was decided about a clock, by time. */
    List<Milestone> adjustments(String clock, String name) {
        return adjustments.stream()
                .filter(milestone -> clock.equals(milestone.clock()) && name.equals(milestone.name()))
                .toList();
    }

    /** The urgency class in force at an instant; before the first classification, the first. */
    Urgency urgencyAt(@Nullable Instant instant) {
        Map<Urgency, List<Entry>> classes =
                Stream.of(Urgency.values()).collect(toMap(urgency -> urgency, urgency -> named(milestoneOf(urgency))));
        Comparator<Map.Entry<Urgency, Entry>> byTime =
                Comparator.comparing(change -> change.getValue().at());
        List<Map.Entry<Urgency, Entry>> changes = classes.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(entry -> Map.entry(one.getKey(), entry)))
                .sorted(byTime.thenComparing(change -> change.getValue().anchor()))
                .toList();
        Urgency inForce = changes.isEmpty() ? Urgency.STANDARD : changes.get(0).getKey();
        for (Map.Entry<Urgency, Entry> change : changes) {
            if (instant == null || !change.getValue().at().isAfter(instant)) {
                inForce = change.getKey();
            }
        }
        return inForce;
    }

    /** Whether the case was ever classified. */
    public boolean knowsUrgency() {
        return Stream.of(Urgency.values())
                .anyMatch(urgency -> !named(milestoneOf(urgency)).isEmpty());
    }

    /** The milestone that a case earns when it comes into an urgency class. */
    public static String milestoneOf(Urgency urgency) {
        return URGENCY + urgency.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the decision in force allows surgery before the window opens. */
    boolean allowsEarlySurgery() {
        List<Entry> decisions = named("board-decided");
        if (decisions.isEmpty()) {
            return false;
        }
        String inForce = decisions.get(decisions.size() - 1).anchor();
        return named(EARLY_SURGERY).stream().anyMatch(entry -> entry.anchor().equals(inForce));
    }
}

package org.tumorboard.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tumorboard.event.Urgency;

/** One version of DMN {@code sla-policy}: every clock, for every urgency, with and without early surgery. */
public final class SlaPolicy {

    private final int version;
    private final Map<Key, ClockPolicy> rows = new LinkedHashMap<>();

    private record Key(String clock, Urgency urgency, boolean earlySurgery) {}

    public SlaPolicy(int version) {
        this.version = version;
    }

    /** Adds the row for a clock and urgency. */
    public void add(boolean earlySurgery, ClockPolicy row) {
        rows.put(new Key(row.clock(), row.urgency(), earlySurgery), row);
    }

    /** Version of the decision table. */
    public int version() {
        return version;
    }

    public Set<String> clocks() {
        Set<String> clocks = new LinkedHashSet<>();
        rows.keySet().forEach(key -> clocks.add(key.clock()));
        return clocks;
    }

    /** @throws IllegalArgumentException if there is no such clock */
    public ClockPolicy row(String clock, Urgency urgency, boolean earlySurgery) {
        ClockPolicy row = rows.get(new Key(clock, urgency, earlySurgery));
        if (row == null) {
            throw new IllegalArgumentException(
                    "expected a row of sla-policy for clock %s and urgency %s, but there is none"
                            .formatted(clock, urgency));
        }
        return row;
    }

    /** How a clock's starts and stops are found, which is the same for every urgency. */
    ClockPolicy shape(String clock) {
        return row(clock, Urgency.STANDARD, false);
    }

    /** When a step of this clock should be done: counted from the start of its last run, or from now if it has none. */
    public Instant deadline(String clock, Urgency urgency, Ledger ledger, Instant now) {
        ClockPolicy row = row(clock, urgency, ledger.allowsEarlySurgery());
        List<Span> spans = Span.of(row, ledger);
        Instant from = spans.isEmpty() ? now : spans.get(spans.size() - 1).from();
        return from.plus(row.deadline());
    }

    /** What is wrong with it: each sentence names the row and the column. */
    public List<String> complaints(Collection<String> milestones) {
        List<String> complaints = new ArrayList<>();
        rows.forEach((key, row) -> {
            String name = "clock %s for %s: ".formatted(row.clock(), row.urgency());
            complaintsAbout(row, milestones).forEach(complaint -> complaints.add(name + complaint));
            ClockPolicy shape = shape(row.clock());
            if (!row.from().equals(shape.from())
                    || !row.to().equals(shape.to())
                    || !row.until().equals(shape.until())
                    || row.mode() != shape.mode()) {
                complaints.add(name + "from, to, until and mode: expected the same for every urgency");
            }
        });
        return complaints.stream().distinct().toList();
    }

    private static List<String> complaintsAbout(ClockPolicy row, Collection<String> milestones) {
        List<String> complaints = new ArrayList<>();
        List<String> named = new ArrayList<>(row.to());
        row.from().forEach(named::addAll);
        named.addAll(row.until());
        row.steps().stream().map(PolicyStep::unless).filter(Objects::nonNull).forEach(named::add);
        named.stream()
                .filter(name -> !milestones.contains(name))
                .forEach(name ->
                        complaints.add("expected a milestone that a model earns, but got '%s'".formatted(name)));
        for (PolicyStep step : row.steps()) {
            boolean isWarning = step.kind() == Threshold.Kind.WARNING;
            if (isWarning && step.offset().compareTo(row.latest()) >= 0) {
                complaints.add("steps: expected every warning before the limit %s, but %s is not"
                        .formatted(row.latest(), step.name()));
            }
            if (step.kind() == Threshold.Kind.ESCALATION && step.offset().compareTo(row.latest()) <= 0) {
                complaints.add(
                        "steps: expected the escalation after the limit %s, but it is not".formatted(row.latest()));
            }
        }
        if (!row.steps().stream()
                .sorted(Comparator.comparing(PolicyStep::offset))
                .toList()
                .equals(row.steps())) {
            complaints.add("steps: expected them in the order of time");
        }
        if (row.steps().stream()
                        .filter(step -> step.kind() == Threshold.Kind.BREACH)
                        .count()
                != 1) {
            complaints.add("steps: expected exactly one breach");
        }
        if (row.steps().stream().map(PolicyStep::name).distinct().count()
                != row.steps().size()) {
            complaints.add("steps: expected each only once");
        }
        complaintAboutOrder("earliest", row.earliest(), "latest", row.latest(), complaints);
        complaintAboutOrder("latest", row.latest(), "outOfProtocol", row.outOfProtocol(), complaints);
        complaintAboutOrder("due", row.due(), "latest", row.latest(), complaints);
        return complaints;
    }

    private static void complaintAboutOrder(
            String first, Duration earlier, String second, Duration later, List<String> complaints) {
        if (earlier != null && later != null && earlier.compareTo(later) > 0) {
            complaints.add("%s: expected it by %s %s, but it is %s".formatted(first, second, later, earlier));
        }
    }
}

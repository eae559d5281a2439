package org.tumorboard.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.tumorboard.embedded.Detours;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Urgency;

/**
 * The cases of a run, drawn from its seed.
 *
 * <p>They must end alike however late each event is applied, so no timer of a phase may find its moment passed in
 * between. In cases of weeks ago the frame is therefore reported last, when all that follows it is known: from there on
 * everything happens in one transaction. Cases of today have all their timers ahead. News of Gamma Knife units is given
 * before all cases, because a case takes the newest.
 */
final class Stories {

    private static final String FRAME = "gamma-knife.immobilisation-applied";

    /** What is taken whenever it comes, also before what it is about: told last, and in order. */
    private static final Set<String> TAKEN_AT_ONCE = Set.of(
            "coordination.consent-withdrawn", "patient-administration.patient-deceased", "operating-room.slot-lost");

    private final Random random;
    private final Disorder order;
    private final Instant base;
    private final List<SyntheticEvent> unitNews = new ArrayList<>();
    private final List<Script> scripts;

    Stories(Sizes sizes, Instant base) {
        this.random = new Random(sizes.seed() + 1);
        this.order = new Disorder(random);
        this.base = base;
        this.scripts =
                IntStream.rangeClosed(1, sizes.cases()).mapToObj(this::script).toList();
    }

    List<SyntheticEvent> unitNews() {
        return unitNews;
    }

    List<Script> scripts() {
        return scripts;
    }

    private Script script(int number) {
        int draw = random.nextInt(20);
        if (draw == 0) {
            return inOrder(SyntheticCase.of(number, daysAgo(3 + random.nextInt(20)), urgency(), 1)
                    .notAccepted());
        }
        if (draw < 5) {
            return outOfOrder(today(number));
        }
        if (draw < 12) {
            return outOfOrder(weeksAgo(number, Urgency.URGENT).throughTreatment());
        }
        if (draw < 14) {
            return inOrder(weeksAgo(number, urgency()).throughTreatment());
        }
        Detours detour = Detours.values()[random.nextInt(Detours.values().length)];
        return inOrder(detour.of(
                switch (detour) {
                    case WINDOW_MISSED -> irradiatedBefore(60, number);
                    case IRRADIATED_NOT_OPERATED -> irradiatedBefore(20, number);
                    default -> weeksAgo(number, Urgency.URGENT);
                }));
    }

    /** Chosen so that no timer of the window falls due while the run lasts. */
    private SyntheticCase irradiatedBefore(int hours, int number) {
        return SyntheticCase.urgent(number, base.minus(Duration.ofHours(hours + 56L)));
    }

    private Urgency urgency() {
        return Urgency.values()[random.nextInt(Urgency.values().length)];
    }

    /** Treated nine days ago or more, and not due for a visit yet. */
    private SyntheticCase weeksAgo(int number, Urgency urgency) {
        double pace = urgency == Urgency.STANDARD ? 6 : 1;
        Instant lastBeam = daysAgo(9 + random.nextInt(10)).plusSeconds(random.nextInt(36_000));
        return SyntheticCase.of(number, lastBeam.minusSeconds(Math.round(56 * 3600 * pace)), urgency, pace);
    }

    /** Irradiated an hour ago. */
    private List<SyntheticEvent> today(int number) {
        return MainPaths.irradiated(number, base.minusSeconds(3600 + random.nextInt(1800)));
    }

    private Instant daysAgo(int days) {
        return base.minus(Duration.ofDays(days));
    }

    private Script inOrder(List<SyntheticEvent> events) {
        Told told = told(events);
        List<Script.Round> rounds = new ArrayList<>();
        for (SyntheticEvent event : told.events().subList(0, told.frame())) {
            Optional<Hand> hand = ByHand.insteadOf(told.caseId(), event).filter(step -> random.nextInt(4) == 0);
            rounds.add(new Script.Round(
                    hand.isPresent() ? List.of() : order.withCopy(event),
                    hand.stream().toList(),
                    order.malformed()));
        }
        rounds.addAll(afterTheFrame(told));
        return new Script(told.caseId(), rounds, List.of(), told.frameEvent());
    }

    private Script outOfOrder(List<SyntheticEvent> events) {
        Told told = told(events);
        List<Hand> meanwhile = new ArrayList<>();
        List<SyntheticEvent> left = new ArrayList<>();
        for (SyntheticEvent event : told.events().subList(0, told.frame())) {
            Optional<Hand> hand = ByHand.insteadOf(told.caseId(), event).filter(step -> random.nextInt(4) == 0);
            hand.ifPresentOrElse(meanwhile::add, () -> left.add(event));
        }
        int disorder = List.of(2, 10, 100).get(random.nextInt(3));
        List<Script.Round> rounds = order.inRounds(order.disordered(left, disorder));
        rounds.addAll(afterTheFrame(told));
        return new Script(told.caseId(), rounds, meanwhile, told.frameEvent());
    }

    /** What follows the frame comes in any order before it. */
    private List<Script.Round> afterTheFrame(Told told) {
        if (told.frameEvent().isEmpty()) {
            return List.of();
        }
        List<SyntheticEvent> rest = new ArrayList<>(
                told.events().subList(told.frame() + 1, told.events().size()));
        List<SyntheticEvent> last = rest.stream()
                .filter(event -> TAKEN_AT_ONCE.contains(event.type().shortName()))
                .toList();
        rest.removeAll(last);
        Optional<SyntheticEvent> correction =
                Correction.ofLastBeam(told.events(), base).filter(event -> random.nextInt(3) == 0);
        if (random.nextBoolean()) {
            correction.ifPresent(rest::add);
        }
        List<Script.Round> rounds = order.inRounds(order.disordered(rest, 100));
        rounds.add(new Script.Round(order.withCopy(told.frameEvent().orElseThrow()), List.of(), order.malformed()));
        last.forEach(event -> rounds.add(new Script.Round(order.withCopy(event), List.of(), order.malformed())));
        List<SyntheticEvent> later = order.muchLater(neverByHand(told));
        correction.ifPresent(later::add);
        rounds.add(new Script.Round(later, List.of(), 0));
        return rounds;
    }

    /** @param frame where in the events it is put on, else their number */
    private record Told(String caseId, List<SyntheticEvent> events, int frame) {

        Optional<SyntheticEvent> frameEvent() {
            return events.stream().skip(frame).findFirst();
        }
    }

    private Told told(List<SyntheticEvent> events) {
        List<SyntheticEvent> ofTheCase = new ArrayList<>();
        for (SyntheticEvent event : events) {
            if (!event.data().has("patientRef")) {
                unitNews.add(event);
            } else if (event.time().isBefore(base)) {
                ofTheCase.add(event);
            }
        }
        SyntheticEvent opening = ofTheCase.get(0);
        int frame = IntStream.range(0, ofTheCase.size())
                .filter(index -> isWeeksAgo(opening)
                        && ofTheCase.get(index).type().shortName().equals(FRAME))
                .findFirst()
                .orElse(ofTheCase.size());
        return new Told(
                CaseId.openedBy(new EventIdentity(opening.source(), opening.id()))
                        .value(),
                ofTheCase,
                frame);
    }

    /** What somebody may enter instead must not come from the department before they have. */
    private static List<SyntheticEvent> neverByHand(Told told) {
        return told.events().stream()
                .filter(event -> ByHand.insteadOf(told.caseId(), event).isEmpty())
                .toList();
    }

    private boolean isWeeksAgo(SyntheticEvent opening) {
        return opening.time().isBefore(base.minus(Duration.ofDays(2)));
    }
}

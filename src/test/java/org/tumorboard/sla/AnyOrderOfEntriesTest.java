package org.tumorboard.sla;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tumorboard.event.Urgency;

/**
 * Seeded random cases with corrections, retractions, pauses and waivers. Whether the engine learns of each thing when it
 * happens, or late, in any order and several times, its clocks end with the same verdicts, and the same thresholds are on
 * record: what was announced in one order may be overtaken or late in another, and nothing else differs.
 */
class AnyOrderOfEntriesTest {

    private static final int CASES = 100;
    private static final Duration A_YEAR = Duration.ofDays(365);

    /** Names by how long after the one before they happen, in minutes. */
    private static final List<String> COURSE = List.of(
            "triaged",
            "case-ready",
            "board-discussed",
            "board-concluded",
            "board-decided",
            "treatment-chosen",
            "patient-informed",
            "consented",
            "anaesthesia-cleared",
            "resources-reserved",
            "immobilised",
            "stereotactic-imaged",
            "plan-approved",
            "plan-checked",
            "srs-delivered",
            "released",
            "neuro-status",
            "neuro-status",
            "incision",
            "specimen-collected",
            "frozen-requested",
            "frozen-reported",
            "specimen-received",
            "surgery-ended",
            "postop-imaged",
            "histology-final",
            "result-reviewed",
            "follow-up-due",
            "follow-up-imaged",
            "follow-up-reported");

    private record Arrival(Milestone entry, Instant at) {}

    static LongStream seeds() {
        return LongStream.range(0, CASES);
    }

    @ParameterizedTest(name = "case {0}")
    @MethodSource("seeds")
    void endsInTheSameVerdicts(long seed) {
        List<Milestone> entries = randomCase(new Random(seed));
        Instant end = CaseStory.DETECTED.plus(A_YEAR);

        CaseStory punctual = told(
                entries.stream()
                        .map(entry -> new Arrival(entry, learnedAtOnce(entry)))
                        .toList(),
                end);

        for (int shuffle = 1; shuffle <= 4; shuffle++) {
            Random random = new Random(seed * 31 + shuffle);
            CaseStory shuffled = told(shuffledAndRepeated(entries, random), end);
            assertThat(verdicts(shuffled, end))
                    .as("seed %d, shuffle %d", seed, shuffle)
                    .isEqualTo(verdicts(punctual, end));
            assertThat(onRecord(shuffled, end))
                    .as("seed %d, shuffle %d", seed, shuffle)
                    .isEqualTo(onRecord(punctual, end));
            assertNothingIsToldTwice(shuffled);
        }
    }

    private static List<Milestone> randomCase(Random random) {
        List<Milestone> entries = new ArrayList<>();
        Instant at = CaseStory.DETECTED;
        entries.add(CaseStory.entry("detected", at, "e0"));
        entries.add(CaseStory.entry("urgency-standard", at, "e0"));
        int number = 1;
        for (String name : COURSE) {
            at = at.plus(Duration.ofMinutes((long) (Math.abs(random.nextGaussian()) * 60 * 14)));
            if (random.nextInt(12) > 0) {
                entries.add(CaseStory.entry(name, at, "e" + number++));
            }
            if (random.nextInt(15) == 0) {
                Urgency upgraded = random.nextBoolean() ? Urgency.URGENT : Urgency.EMERGENCY;
                entries.add(CaseStory.entry(Ledger.milestoneOf(upgraded), at, "e" + number++));
            }
            if (random.nextInt(12) == 0) {
                String what = List.copyOf(new TreeSet<>(Adjustment.REQUESTABLE)).get(random.nextInt(4));
                String clock = random.nextBoolean() ? "consents" : "resection-window";
                entries.add(CaseStory.entry(what, at, "e" + number++).about(clock, "TEST"));
            }
        }
        if (random.nextInt(5) == 0) {
            entries.add(CaseStory.entry(Ledger.CASE_CLOSED, at, "e" + number));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.add(amendment(entries.get(1 + random.nextInt(entries.size() - 1)), random, i));
        }
        return entries;
    }

    private static Milestone amendment(Milestone original, Random random, int number) {
        Instant made = original.at().plus(Duration.ofMinutes(1 + random.nextInt(4000)));
        boolean retracts = random.nextInt(4) == 0;
        Instant corrected = retracts ? original.at() : original.at().minus(Duration.ofMinutes(random.nextInt(300)));
        return original.amended(
                corrected,
                made,
                "TEST",
                new Milestone.Amendment(made, "//hospital.example/test", "fix" + number, retracts));
    }

    private static Instant learnedAtOnce(Milestone entry) {
        return entry.amendment() == null ? entry.at() : entry.amendment().at();
    }

    private static List<Arrival> shuffledAndRepeated(List<Milestone> entries, Random random) {
        return entries.stream()
                .flatMap(entry -> IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(copy -> new Arrival(
                                entry, learnedAtOnce(entry).plus(Duration.ofMinutes(random.nextInt(60 * 24 * 20))))))
                .toList();
    }

    private static CaseStory told(List<Arrival> arrivals, Instant end) {
        CaseStory story = CaseStory.aCase();
        arrivals.stream().sorted(Comparator.comparing(Arrival::at)).forEach(arrival -> story.nowIs(arrival.at())
                .learn(arrival.entry())
                .watch());
        return story.nowIs(end).watch();
    }

    private static TreeSet<String> verdicts(CaseStory story, Instant end) {
        return story.all().stream()
                .filter(run -> run.state(end) != ClockState.CANCELLED)
                .map(run -> "%s by %s: %s, %s to %s, stopped %s"
                        .formatted(
                                run.clock(),
                                run.anchor(),
                                run.state(end),
                                run.startedAt(),
                                run.latestAt(),
                                run.stoppedAt()))
                .collect(toCollection(TreeSet::new));
    }

    private static TreeSet<String> onRecord(CaseStory story, Instant end) {
        return story.all().stream()
                .flatMap(run -> run.thresholds().stream()
                        .filter(threshold -> threshold.isOnRecord() && run.isPassed(threshold.at(), end))
                        .map(threshold -> "%s by %s: %s at %s"
                                .formatted(run.clock(), run.anchor(), threshold.name(), threshold.at())))
                .collect(toCollection(TreeSet::new));
    }

    /** Announced again only after it was withdrawn. */
    private static void assertNothingIsToldTwice(CaseStory story) {
        TreeSet<String> standing = new TreeSet<>();
        for (ClockChange change : story.life()) {
            String threshold = change.clock() + " " + change.anchor() + " " + change.threshold();
            switch (change.what()) {
                case ANNOUNCED, OVERTAKEN -> assertThat(standing.add(threshold))
                        .as(threshold)
                        .isTrue();
                case WITHDRAWN -> standing.remove(threshold);
                default -> {}
            }
        }
    }
}

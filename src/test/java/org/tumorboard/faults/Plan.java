package org.tumorboard.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The faults of a run, drawn from its seed: when each strikes and how long it lasts. */
record Plan(List<Step> steps) {

    /**
     * @param at since the first could strike
     * @param lasting how long it lasts before whatever was broken is made whole again
     * @param firstNode whether it is the first node that is struck, if both run
     */
    record Step(Duration at, Fault fault, Duration lasting, boolean firstNode) {}

    /** Each fault at least once, and as many kills as asked for. */
    static Plan of(Sizes sizes) {
        Random random = new Random(sizes.seed());
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        while (faults.stream().filter(Fault::isKill).count() < sizes.kills()) {
            faults.add(drawn(random));
        }
        Collections.shuffle(faults, random);
        List<Step> steps = new ArrayList<>();
        Duration at = Duration.ZERO;
        for (Fault fault : faults) {
            at = at.plus(share(sizes.between(), 0.2 + 1.6 * random.nextDouble()));
            steps.add(new Step(at, fault, lasting(fault, random), random.nextBoolean()));
        }
        return new Plan(List.copyOf(steps));
    }

    private static Fault drawn(Random random) {
        int place = random.nextInt(
                Arrays.stream(Fault.values()).mapToInt(Fault::weight).sum());
        for (Fault fault : Fault.values()) {
            place -= fault.weight();
            if (place < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("expected a fault for every place");
    }

    /** What is killed is often started at once; a hold is shorter than what clients wait for an answer. */
    private static Duration lasting(Fault fault, Random random) {
        double share = random.nextDouble();
        return switch (fault) {
            case NODE_KILLED, BROKER_KILLED, POSTGRES_KILLED -> share < 0.5
                    ? Duration.ZERO
                    : share(Duration.ofSeconds(5), 2 * share - 1);
            case NODE_PAUSED -> Node.SESSION.plus(share(Duration.ofSeconds(6), 0.2 + share));
            case DATABASE_CUT, BROKER_CUT -> share(Duration.ofSeconds(3), share);
            case DATABASE_HELD, BROKER_HELD -> share(Duration.ofSeconds(6), 0.2 + share);
        };
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }
}

package org.tumorboard.hostile;

import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seed of hostile inputs: another one at each run, printed, and set with {@code -Dhostile.seed} to see a run again. */
final class Seed {

    private static final Logger LOG = LoggerFactory.getLogger(Seed.class);
    private static final long SEED = Long.getLong("hostile.seed", System.nanoTime() & 0xffffffL);

    private Seed() {}

    static Random random(Class<?> test) {
        LOG.info("{}: -Dhostile.seed={}", test.getSimpleName(), SEED);
        return new Random(SEED);
    }
}

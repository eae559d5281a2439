package org.tumorboard.operations;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read last. Gauges ask it and never the database, so that neither many scrapes nor a database that is away touch
 * one another: what could not be read is unknown.
 */
final class LastReading<T> {

    private static final Logger LOG = LoggerFactory.getLogger(LastReading.class);

    /** After a reading, as many times its duration pass before the next: tables may grow, the share of the time not. */
    private static final int REST = 50;

    private final String what;
    private final Supplier<T> reader;
    private volatile @Nullable T last;
    private @Nullable Long restUntil;

    LastReading(String what, Supplier<T> reader) {
        this.what = what;
        this.reader = reader;
    }

    /** Reads again, unless the last reading took so long that this would be too often. */
    void runOnce() {
        if (restUntil == null || System.nanoTime() - restUntil >= 0) {
            readAgain();
        }
    }

    void readAgain() {
        long start = System.nanoTime();
        try {
            last = reader.get();
        } catch (RuntimeException e) {
            last = null;
            LOG.warn("metrics of {} are unknown: {}", what, e.toString());
        }
        long took = System.nanoTime() - start;
        restUntil = start + took * (1 + REST);
    }

    /** NaN if unknown. */
    double figure(ToDoubleFunction<T> figure) {
        T known = last;
        return known == null ? Double.NaN : figure.applyAsDouble(known);
    }
}

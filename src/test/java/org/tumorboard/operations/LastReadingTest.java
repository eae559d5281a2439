package org.tumorboard.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastReadingTest {

    @Test
    void isUnknownUntilItWasReadAndWhileItCannotBeRead() {
        AtomicInteger readings = new AtomicInteger();
        LastReading<Integer> reading = new LastReading<>("a test", () -> {
            if (readings.incrementAndGet() == 2) {
                throw new IllegalStateException("the database is away");
            }
            return readings.get();
        });
        assertThat(reading.figure(Integer::doubleValue)).isNaN();

        reading.readAgain();
        assertThat(reading.figure(Integer::doubleValue)).isEqualTo(1);

        reading.readAgain();
        assertThat(reading.figure(Integer::doubleValue)).isNaN();

        reading.readAgain();
        assertThat(reading.figure(Integer::doubleValue)).isEqualTo(3);
    }

    @Test
    void isNotReadByLookingAtIt() {
        AtomicInteger readings = new AtomicInteger();
        LastReading<Integer> reading = new LastReading<>("a test", readings::incrementAndGet);
        reading.readAgain();

        reading.figure(Integer::doubleValue);
        reading.figure(Integer::doubleValue);

        assertThat(readings).hasValue(1);
    }
}

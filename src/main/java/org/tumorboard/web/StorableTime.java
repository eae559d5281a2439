package org.tumorboard.web;

import java.time.DateTimeException;
import java.time.Instant;

/** Times of the years that databases and calendars agree about. */
final class StorableTime {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private StorableTime() {}

    /**
     * The same, if it lies in such a year.
     *
     * @throws DateTimeException if not
     */
    static Instant checked(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException("expected a time of the years 1 to 9999");
        }
        return instant;
    }
}

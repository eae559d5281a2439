package org.tumorboard.pathway;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads instants as departments and forms write them. */
final class Times {

    private Times() {}

    /**
     * @param text ISO-8601 with an offset, or without one, which then is UTC
     * @throws IllegalArgumentException if it is no instant
     */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noInstant) {
                throw new IllegalArgumentException(
                        "expected an instant such as 2026-05-04T13:30:00Z, but got '" + text + "'", noInstant);
            }
        }
    }
}

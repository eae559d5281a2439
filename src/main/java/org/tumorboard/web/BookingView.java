package org.tumorboard.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tumorboard.pathway.Booking;

/**
 * A slot or bed of a case and what became of it, as page and API show it.
 *
 * @param department whose it is
 * @param unit the Gamma Knife unit; null for others
 * @param changedAt since when the state holds
 * @param reason code: why it was lost or given up; null otherwise
 * @param source who booked it
 */
record BookingView(
        String kind,
        String ref,
        String department,
        @Nullable String unit,
        Instant startsAt,
        Instant endsAt,
        Booking.State state,
        Instant bookedAt,
        Instant changedAt,
        @Nullable String reason,
        String source,
        String eventId) {

    static BookingView of(Booking booking) {
        return new BookingView(
                booking.kind(),
                booking.ref(),
                booking.department().slug(),
                booking.unit(),
                booking.startsAt(),
                booking.endsAt(),
                booking.state(),
                booking.bookedAt(),
                booking.changedAt(),
                booking.reason(),
                booking.source(),
                booking.eventId());
    }
}

package org.tumorboard.pathway;

import java.util.List;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** What pages ask about slots and beds. It only reads. */
@Component
public final class BookingQueries {

    private final BookingTable bookings;

    BookingQueries(BookingTable bookings) {
        this.bookings = bookings;
    }

    /** All bookings that were ever made for the case, in clinical order. */
    public List<Booking> of(CaseId caseId) {
        return bookings.of(caseId);
    }
}

package org.tumorboard.pathway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.InboundEvent;

/** The bookings of one case while a transaction works on it. */
final class CaseBookings {

    private final List<Booking> all;
    private final Set<EventIdentity> changed = new LinkedHashSet<>();

    CaseBookings(Collection<Booking> stored) {
        this.all = new ArrayList<>(stored);
    }

    /** What is held of a kind. */
    Optional<Booking> held(String kind) {
        return all.stream()
                .filter(booking -> booking.isHeld() && booking.kind().equals(kind))
                .findFirst();
    }

    /** Takes the place of what was held of that kind. */
    void book(Booking booking) {
        if (all.stream().noneMatch(known -> known.isOf(identity(booking)))) {
            change(sameKind(booking.kind()), held -> held.as(Booking.State.REPLACED, booking.bookedAt(), null));
            all.add(booking);
            changed.add(identity(booking));
        }
    }

    /** The department took back what is held of a kind. */
    void lose(String kind, Instant at, @Nullable String reason) {
        change(sameKind(kind), held -> held.as(Booking.State.LOST, at, reason));
    }

    /** Gives up what is held of these kinds; returns it, so that its departments can be told. */
    List<Booking> release(Collection<String> kinds, Instant at, String reason) {
        List<Booking> released = all.stream()
                .filter(booking -> booking.isHeld() && kinds.contains(booking.kind()))
                .toList();
        change(released::contains, held -> held.as(Booking.State.RELEASED, at, reason));
        return released;
    }

    /** What a corrected event says of the booking that it made. */
    void correct(EventIdentity event, InboundEvent after) {
        change(booking -> booking.isOf(event), booking -> booking.corrected(after));
    }

    List<Booking> changed() {
        return all.stream()
                .filter(booking -> changed.contains(identity(booking)))
                .toList();
    }

    private static Predicate<Booking> sameKind(String kind) {
        return booking -> booking.isHeld() && booking.kind().equals(kind);
    }

    private void change(Predicate<Booking> which, UnaryOperator<Booking> change) {
        all.replaceAll(booking -> {
            if (!which.test(booking)) {
                return booking;
            }
            changed.add(identity(booking));
            return change.apply(booking);
        });
    }

    private static EventIdentity identity(Booking booking) {
        return new EventIdentity(booking.source(), booking.eventId());
    }
}

package org.tumorboard.pathway;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;

/** What a case holds of slots and beds, for expressions of the models: {@code ${resources.held(execution, 'or-slot')}}. */
@Component("resources")
public final class Resources {

    private final CaseFiles files;
    private final BookingTable table;
    private final Notifier notifier;
    private final CurrentEvent current;

    Resources(CaseFiles files, BookingTable table, Notifier notifier, CurrentEvent current) {
        this.files = files;
        this.table = table;
        this.notifier = notifier;
        this.current = current;
    }

    /** Whether the case holds a slot or bed of that kind. */
    public boolean held(DelegateExecution execution, String kind) {
        return booking(execution, kind).isPresent();
    }

    /** The department's reference of what is held; null if nothing is. */
    public @Nullable String ref(DelegateExecution execution, String kind) {
        return booking(execution, kind).map(Booking::ref).orElse(null);
    }

    /** The Gamma Knife unit of what is held; null if nothing is, or it has none. */
    public @Nullable String unit(DelegateExecution execution, String kind) {
        return booking(execution, kind).map(Booking::unit).orElse(null);
    }

    /** When what is held starts; null if nothing is held. */
    public @Nullable String startAt(DelegateExecution execution, String kind) {
        return booking(execution, kind)
                .map(booking -> booking.startsAt().toString())
                .orElse(null);
    }

    /** When what is held ends; null if nothing is held. */
    public @Nullable String endAt(DelegateExecution execution, String kind) {
        return booking(execution, kind)
                .map(booking -> booking.endsAt().toString())
                .orElse(null);
    }

    /**
     * Gives up what the case holds and tells each department whose slot or bed it is. What is not held any more is not
     * told again.
     *
     * @param kinds separated by blanks
     * @param reason code that the departments are told
     */
    public void release(DelegateExecution execution, String kinds, String reason) {
        CaseFile file = files.of(new CaseId(execution.getProcessBusinessKey()));
        List<Booking> released = of(file).release(Arrays.asList(kinds.trim().split("\\s+")), current.time(), reason);
        for (Booking booking : released) {
            file.tell(notifier.message(
                    file,
                    "resources-released",
                    booking.department(),
                    Map.of("reason", reason, "resource", booking.kind(), "resourceRef", booking.ref()),
                    execution));
        }
    }

    /** Takes down what an element books or loses by the event at hand. */
    void follow(Element element, CaseFile file) {
        if (element.books() != null) {
            of(file).book(Booking.told(file.id(), element.books(), current.get()));
        }
        if (element.loses() != null) {
            of(file).lose(element.loses(), current.time(), current.get().text("reason"));
        }
    }

    CaseBookings of(CaseFile file) {
        return file.bookings(() -> table.of(file.id()));
    }

    private Optional<Booking> booking(DelegateExecution execution, String kind) {
        return of(files.of(new CaseId(execution.getProcessBusinessKey()))).held(kind);
    }
}

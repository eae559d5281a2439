package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.entry.Entries;
import org.tumorboard.entry.WaitingEntry;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventSchemas;
import org.tumorboard.event.EventType;
import org.tumorboard.event.Reading;

/**
 * What people enter by hand goes on the department's topic, like its own events and marked by its source; what decides
 * about the window, and corrections, only when a second person has confirmed it.
 */
@Component
final class EnteredEvents {

    private final EventSchemas schemas;
    private final EventDesk desk;
    private final Entries entries;
    private final TransactionTemplate transaction;

    EnteredEvents(EventSchemas schemas, EventDesk desk, Entries entries, TransactionTemplate transaction) {
        this.schemas = schemas;
        this.desk = desk;
        this.entries = entries;
        this.transaction = transaction;
    }

    /**
     * An event as it was entered.
     *
     * @param id the same for every try, so that what is sent twice is a duplicate
     * @param caseId null if only the patient is named
     * @param time when it clinically happened
     */
    record Entered(UUID id, EventType type, @Nullable String caseId, Instant time, JsonNode data) {

        Map<String, byte[]> headers() {
            Map<String, String> headers = new HashMap<>(Map.of(
                    "ce_specversion", "1.0",
                    "ce_id", id.toString(),
                    "ce_source", source(type.department()),
                    "ce_type", type.wireType(),
                    "ce_time", time.toString(),
                    "content-type", "application/json"));
            if (caseId != null) {
                headers.put("ce_subject", caseId);
            }
            Map<String, byte[]> bytes = new HashMap<>();
            headers.forEach((name, value) -> bytes.put(name, value.getBytes(UTF_8)));
            return bytes;
        }

        byte[] body() {
            return data.toString().getBytes(UTF_8);
        }
    }

    /** What became of an entry. */
    sealed interface Result {

        record Sent() implements Result {}

        /** Another person must confirm it. */
        record Waits() implements Result {}

        /** @param reason a sentence that begins with the field */
        record Refused(String reason) implements Result {}
    }

    /** What marks events as entered by hand. */
    static String source(Department department) {
        return "//tumorboard/manual/" + department.slug();
    }

    boolean needsSecondPerson(EventType type) {
        return schemas.needsSecondPerson(type);
    }

    Result enter(Entered entered, String person) {
        return needsSecondPerson(entered.type()) ? enterForTwo(entered, person) : publish(entered);
    }

    private Result enterForTwo(Entered entered, String person) {
        Reading reading = desk.read(entered.type().department(), entered.headers(), entered.body());
        if (reading instanceof Reading.Accepted accepted) {
            return transaction.execute(
                    status -> entries.agree(accepted.event(), person) ? publish(entered) : new Result.Waits());
        }
        return new Result.Refused(((Reading.Refused) reading).reason());
    }

    private Result publish(Entered entered) {
        Reading reading = desk.publish(entered.type().department(), entered.headers(), entered.body());
        return reading instanceof Reading.Refused refused ? new Result.Refused(refused.reason()) : new Result.Sent();
    }

    List<WaitingEntry> waiting(Department department) {
        return entries.waiting(department);
    }

    /**
     * A second person confirms an entry, and it is sent; if the broker does not take it, the entry waits on.
     *
     * @throws RefusedFormException if it is the same person, or the event is not valid any more
     */
    EventType confirm(Department department, UUID id, String person) {
        return transaction.execute(status -> {
            WaitingEntry entry = taken(department, id);
            if (entry.enteredBy().equals(person)) {
                throw RefusedFormException.notYours("You entered it yourself: a second person must confirm it");
            }
            entries.decide(entry, true, person);
            String caseId = entry.caseId() == null ? null : entry.caseId().value();
            Result result = publish(new Entered(id, entry.type(), caseId, entry.occurredAt(), entry.data()));
            if (result instanceof Result.Refused refused) {
                throw RefusedFormException.unfit(refused.reason());
            }
            return entry.type();
        });
    }

    /** It is wrong, or its author takes it back. */
    EventType reject(Department department, UUID id, String person) {
        return transaction.execute(status -> {
            WaitingEntry entry = taken(department, id);
            entries.decide(entry, false, person);
            return entry.type();
        });
    }

    private WaitingEntry taken(Department department, UUID id) {
        return entries.take(id, department)
                .orElseThrow(() -> new NotFoundException(
                        "no entry %s of %s waits for a second person (any more)".formatted(id, department)));
    }
}

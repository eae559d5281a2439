package org.tumorboard.web;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxEntry;
import org.tumorboard.pathway.PatientAlias;

/**
 * One value that a correction or retraction changed: what was believed before, what since, and why.
 *
 * @param type short type of the event that had said otherwise
 * @param eventId its id
 * @param field the value's name in that event; {@code time} for when it happened; null where all of it was taken back
 * @param before null where nothing was said; of an event that was taken back all that it said
 * @param after null where the event was taken back
 * @param madeAt when the sender corrected it
 * @param knownAt when the engine learned of it: until then it went by {@code before}
 * @param by who corrected it
 * @param also the second person, where two had to agree
 * @param amendmentId id of the correction or retraction; null for what people agreed on
 */
record Revision(
        String type,
        String eventId,
        @Nullable String field,
        @Nullable String before,
        @Nullable String after,
        Instant madeAt,
        Instant knownAt,
        String by,
        @Nullable String also,
        @Nullable String reason,
        @Nullable String amendmentId) {

    private static final String TIME = "time";
    private static final String MERGED = "patient-administration.patients-merged";
    private static final Comparator<InboxEntry> AS_MADE = comparing(
                    (InboxEntry entry) -> entry.time() == null ? entry.receivedAt() : entry.time())
            .thenComparing(InboxEntry::id)
            .thenComparing(InboxEntry::source);

    /** What was revised of a case's events and of whose case it is, in the order in which it was made. */
    static List<Revision> of(List<InboxEntry> events, List<PatientAlias> aliases) {
        return Stream.concat(ofEvents(events).stream(), aliases.stream().map(Revision::of))
                .sorted(comparing(Revision::madeAt))
                .toList();
    }

    /** Whether it revises what an event said, and not whose case it is. */
    @JsonIgnore
    boolean isOfEvent() {
        return amendmentId != null;
    }

    private static Revision of(PatientAlias alias) {
        return new Revision(
                MERGED,
                alias.caseId().value(),
                "patientRef",
                alias.patientRef(),
                alias.survivingRef(),
                alias.mergedAt(),
                alias.recordedAt(),
                alias.confirmedBy(),
                alias.confirmedAlso(),
                alias.reason(),
                null);
    }

    private static List<Revision> ofEvents(List<InboxEntry> events) {
        Map<EventIdentity, InboxEntry> byIdentity =
                events.stream().collect(toMap(InboxEntry::identity, entry -> entry, (one, other) -> one));
        Map<EventIdentity, List<InboxEntry>> byTarget = events.stream()
                .filter(entry -> entry.outcome() == Outcome.APPLIED && target(entry) != null)
                .sorted(AS_MADE)
                .collect(groupingBy(Revision::target, LinkedHashMap::new, Collectors.toList()));
        List<Revision> revisions = new ArrayList<>();
        byTarget.forEach((target, amendments) -> {
            InboxEntry said = byIdentity.get(target);
            if (said != null) {
                revisions.addAll(of(said, amendments));
            }
        });
        return revisions;
    }

    private static List<Revision> of(InboxEntry said, List<InboxEntry> amendments) {
        Map<String, String> believed = values(said.data());
        believed.put(TIME, said.time() == null ? null : said.time().toString());
        List<Revision> revisions = new ArrayList<>();
        for (InboxEntry amendment : amendments) {
            if (retracts(amendment)) {
                revisions.add(revision(said, amendment, null, said(believed), null));
                continue;
            }
            Map<String, String> corrected = values(amendment.data().path("data"));
            if (amendment.data().hasNonNull("occurredAt")) {
                corrected.put(TIME, instant(amendment.data().get("occurredAt").asText()));
            }
            corrected.forEach((field, after) -> {
                String before = believed.put(field, after);
                if (!Objects.equals(before, after)) {
                    revisions.add(revision(said, amendment, field, before, after));
                }
            });
        }
        return revisions;
    }

    /** All that an event says, in words of its own. */
    private static String said(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(value -> value.getValue() != null && !value.getKey().equals("patientRef"))
                .map(value -> value.getKey() + " " + value.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Revision revision(
            InboxEntry said,
            InboxEntry amendment,
            @Nullable String field,
            @Nullable String before,
            @Nullable String after) {
        return new Revision(
                said.type(),
                said.id(),
                field,
                before,
                after,
                amendment.time() == null ? amendment.receivedAt() : amendment.time(),
                amendment.receivedAt(),
                amendment.source(),
                null,
                amendment.data().path("reason").asText(),
                amendment.id());
    }

    /** The event that an entry corrects or takes back; null if it does neither. */
    static @Nullable EventIdentity target(InboxEntry entry) {
        if (entry.data() == null) {
            return null;
        }
        JsonNode target = entry.data().path(retracts(entry) ? "retracts" : "corrects");
        return target.hasNonNull("id")
                ? new EventIdentity(
                        target.path("source").asText(), target.get("id").asText())
                : null;
    }

    private static boolean retracts(InboxEntry entry) {
        return entry.data().has("retracts");
    }

    /** Each value by its name; what a step found lies one level down and is named flatly. */
    private static Map<String, String> values(@Nullable JsonNode data) {
        Map<String, String> values = new LinkedHashMap<>();
        if (data != null) {
            data.properties().forEach(value -> {
                if (value.getValue().isObject()) {
                    values.putAll(values(value.getValue()));
                } else {
                    values.put(value.getKey(), text(value.getValue()));
                }
            });
        }
        return values;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "))
                : value.asText();
    }

    /** Two spellings of one instant are no revision. */
    private static String instant(String text) {
        return OffsetDateTime.parse(text).toInstant().toString();
    }
}

package org.tumorboard.inbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Reading;
import org.tumorboard.event.UuidText;

/**
 * What is noted beside an event that was taken all the same.
 *
 * @param note a sentence about what was odd of the record; null if nothing was
 * @param digest of its content, in Base64; null where none is known
 * @param droppedFields that no schema knows; known only of an event that has just come
 * @param isKeyForeign whether the record's key was another than the patient's; likewise
 * @param reusedTimes how often its identity came again with other content
 * @param reusedAt when that happened last; null if it never did
 * @param factNotTaken a treatment, a stop or a death that was refused or failed
 */
public record Remarks(
        @Nullable String note,
        @Nullable String digest,
        @JsonIgnore int droppedFields,
        @JsonIgnore boolean isKeyForeign,
        @JsonIgnore int reusedTimes,
        @JsonIgnore @Nullable Instant reusedAt,
        boolean factNotTaken) {

    static final Remarks NONE = new Remarks(null, null, 0, false, 0, null, false);

    /** Of an event that has just come. */
    static Remarks of(Reading.Accepted accepted, Arrival arrival, String digest) {
        boolean isKeyForeign = isKeyForeign(arrival.key(), accepted.event().patientRef());
        return new Remarks(
                note(accepted.dropped(), isKeyForeign, arrival.key()),
                digest,
                accepted.dropped().count(),
                isKeyForeign,
                0,
                null,
                false);
    }

    Remarks ofFactNotTaken(boolean factNotTaken) {
        return new Remarks(note, digest, droppedFields, isKeyForeign, reusedTimes, reusedAt, factNotTaken);
    }

    /** Events of one patient come in order only if they bear one key; news of a unit has no patient. */
    private static boolean isKeyForeign(@Nullable String key, @Nullable String patientRef) {
        return patientRef != null && (key == null || !patientRef.equals(UuidText.canonical(key)));
    }

    private static @Nullable String note(Reading.Dropped dropped, boolean isKeyForeign, @Nullable String key) {
        List<String> parts = new ArrayList<>();
        if (dropped.count() > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%d %s that no schema knows %s dropped%s",
                    dropped.count(),
                    dropped.count() == 1 ? "field" : "fields",
                    dropped.count() == 1 ? "was" : "were",
                    dropped.names().isEmpty() ? "" : ": " + String.join(", ", dropped.names())));
        }
        if (isKeyForeign) {
            parts.add("key: expected patientRef, but the record has " + (key == null ? "none" : "another one")
                    + "; its order among the patient's events is not kept");
        }
        return parts.isEmpty() ? null : String.join("; ", parts);
    }

    /** What a reader is told of it, after what became of the event. */
    public @Nullable String told() {
        String again = reusedTimes == 0
                ? null
                : "its id came again with other content, which was not taken: "
                        + (reusedTimes == 1 ? "once" : reusedTimes + " times");
        return note == null ? again : again == null ? note : note + "; " + again;
    }
}

package org.tumorboard.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tumorboard.sla.Ledger;
import org.tumorboard.sla.Milestone;

/**
 * A clinical instant of a case as it stands now, and what was said of it before.
 *
 * @param at when it clinically happened, as corrected
 * @param recordedAt when the engine first learned of it
 * @param source the causing event's source, or {@code user:<name>}
 * @param correctedAt when the correction or retraction was made; null if there is none
 * @param correctedBy its source
 * @param reason its reason code
 * @param retracted it no longer holds; null for what was never corrected
 * @param was the instants that no longer count, as they were said, the first one first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MilestoneView(
        String name,
        Instant at,
        Instant recordedAt,
        String source,
        String eventId,
        @Nullable Instant correctedAt,
        @Nullable String correctedBy,
        @Nullable String reason,
        @Nullable Boolean retracted,
        @Nullable List<Instant> was) {

    /** Of each entry's key what stands, in the order in which they were first recorded. */
    static List<MilestoneView> of(List<Milestone> recorded) {
        Map<Milestone.Key, List<Milestone>> said = new LinkedHashMap<>();
        recorded.forEach(entry ->
                said.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry));
        Ledger ledger = Ledger.of(recorded);
        return said.values().stream()
                .filter(entries -> entries.get(0).isClinical())
                .map(entries -> of(entries, ledger))
                .toList();
    }

    private static MilestoneView of(List<Milestone> entries, Ledger ledger) {
        Milestone newest = entries.stream().max(Milestone.BY_AMENDMENT).orElseThrow();
        Optional<Instant> standing = ledger.standing(newest.key());
        Instant at = standing.orElse(newest.at());
        List<Instant> was = Stream.concat(entries.stream().map(Milestone::at), Stream.of(newest.at()))
                .filter(before -> !before.equals(at))
                .distinct()
                .toList();
        Milestone.Amendment amendment = newest.amendment();
        boolean isAmended = amendment != null || standing.isEmpty() || !was.isEmpty();
        return new MilestoneView(
                newest.name(),
                at,
                entries.stream()
                        .map(Milestone::recordedAt)
                        .min(Instant::compareTo)
                        .orElseThrow(),
                newest.source(),
                newest.eventId(),
                amendment == null ? null : amendment.at(),
                amendment == null ? null : amendment.source(),
                amendment == null ? null : newest.reason(),
                isAmended ? standing.isEmpty() : null,
                was.isEmpty() ? null : was);
    }

    @JsonIgnore
    public boolean isTakenBack() {
        return Boolean.TRUE.equals(retracted);
    }

    @JsonIgnore
    public List<Instant> earlier() {
        return was == null ? List.of() : was;
    }
}

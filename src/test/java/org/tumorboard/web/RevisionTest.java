package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.InboxEntry;
import org.tumorboard.pathway.PatientAlias;

/** What was believed before each correction, in the order in which they were made. */
class RevisionTest {

    private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");

    private final InboxEntry beam =
            entry("e-1", 0, Outcome.APPLIED, "{\"patientRef\": \"SYN-1\", \"endAt\": \"2026-03-02T08:00:00Z\"}");

    @Test
    void putsEachCorrectionAfterTheOneBeforeItHoweverTheyArrive() {
        InboxEntry newer = correction("e-3", 20, Outcome.APPLIED, "{\"endAt\": \"2026-03-02T11:00:00Z\"}");
        InboxEntry older = correction("e-2", 10, Outcome.APPLIED, "{\"endAt\": \"2026-03-02T09:00:00Z\"}");

        List<Revision> revisions = Revision.of(List.of(newer, beam, older), List.of());

        assertThat(revisions)
                .extracting(Revision::field, Revision::before, Revision::after, Revision::amendmentId)
                .containsExactly(
                        tuple("endAt", "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z", "e-2"),
                        tuple("endAt", "2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z", "e-3"));
        assertThat(revisions.get(0).reason()).isEqualTo("CLOCK_WRONG");
        assertThat(revisions.get(0).knownAt()).isEqualTo(T.plusSeconds(10 + 60));
    }

    @Test
    void leavesOutWhatIsNotInForceAndWhatChangesNothing() {
        InboxEntry parked = correction("e-2", 10, Outcome.PARKED, "{\"endAt\": \"2026-03-02T09:00:00Z\"}");
        InboxEntry same = correction("e-3", 20, Outcome.APPLIED, "{\"endAt\": \"2026-03-02T08:00:00Z\"}");

        assertThat(Revision.of(List.of(beam, parked, same), List.of())).isEmpty();
    }

    @Test
    void saysWhatAnEventHadSaidThatIsTakenBack() {
        InboxEntry retraction = entry(
                "e-4",
                30,
                Outcome.APPLIED,
                "{\"reason\": \"WRONG_PATIENT\", \"retracts\": {\"source\": \"//hospital.example/x\", \"id\": \"e-1\"}}");

        assertThat(Revision.of(List.of(beam, retraction), List.of()))
                .singleElement()
                .satisfies(revision -> {
                    assertThat(revision.field()).isNull();
                    assertThat(revision.before()).startsWith("endAt 2026-03-02T08:00:00Z; time ");
                    assertThat(revision.after()).isNull();
                });
    }

    @Test
    void saysWhoMergedPatients() {
        PatientAlias alias = new PatientAlias(
                "SYN-1", "SYN-2", new CaseId("case-1"), T, T.plusSeconds(5), "SAME_PERSON", "user:anna", "user:ben");

        assertThat(Revision.of(List.of(), List.of(alias)))
                .extracting(Revision::before, Revision::after, Revision::by, Revision::also)
                .containsExactly(tuple("SYN-1", "SYN-2", "user:anna", "user:ben"));
    }

    private static InboxEntry correction(String id, int seconds, Outcome outcome, String data) {
        return entry(
                id,
                seconds,
                outcome,
                """
                {"reason": "CLOCK_WRONG", "corrects": {"source": "//hospital.example/x", "id": "e-1"}, "data": %s}
                """
                        .formatted(data));
    }

    private static InboxEntry entry(String id, int seconds, Outcome outcome, String data) {
        Instant at = T.plusSeconds(seconds);
        try {
            return new InboxEntry(
                    "//hospital.example/x",
                    id,
                    "gamma-knife.delivery-completed",
                    "gamma-knife",
                    null,
                    "SYN-1",
                    null,
                    "case-1",
                    at,
                    at.plusSeconds(60),
                    outcome,
                    null,
                    false,
                    false,
                    at,
                    null,
                    null,
                    new ObjectMapper().readTree(data),
                    null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected JSON", e);
        }
    }
}

package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tumorboard.event.VocabularyFiles.Type;

/** What schemas say beyond a list of fields. */
class VocabularyRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-05T16:00:00Z", "2025-03-05T17:00:00.125+01:00"})
    void anInstantCarriesItsOffset(String instant) {
        assertThat(complaints("gamma-knife.delivery-completed", "endAt", instant))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-03-05T16:00:00",
                "2025-03-05T16:00Z",
                "2025-03-05",
                "2025-02-30T16:00:00Z",
                "2025-03-05T16:00:60Z",
                "2025-03-05T16:00:00+19:00",
                "2025-03-05T16:00:00Z\n",
                "0025-03-05T16:00:00Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThat(complaints("gamma-knife.delivery-completed", "endAt", text)).isNotEmpty();
    }

    @Test
    void aDoseOutsideThePublishedRangeIsInformationAndNotAnError() {
        assertThat(complaints("gamma-knife.plan-submitted", "marginalDoseGy", 20.5))
                .isEmpty();
        assertThat(complaints("gamma-knife.plan-submitted", "marginalDoseGy", 1700))
                .isNotEmpty();
    }

    @Test
    void aCorrectionSaysWhatIsRight() {
        Type corrected = type("events/any.event-corrected");

        assertThat(corrected.complaintsAbout(without(corrected, "data"))).isEmpty();
        assertThat(corrected.complaintsAbout(without(corrected, "occurredAt"))).isEmpty();
        assertThat(corrected.complaintsAbout(without(corrected, "occurredAt", "data")))
                .isNotEmpty();
    }

    @Test
    void aResultIsOfTissueOrOfImaging() {
        Type result = type("notifications/result-available");

        assertThat(result.complaintsAbout(without(result, "outcome"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eligibility | {'eligible':false,'contraindication':'COAGULOPATHY'}",
                "follow-up-classified | {'classification':'STABLE'}",
                "case-waiver | {'choice':'WAIVE','waivedItem':'PET','reason':'SCANNER_UNAVAILABLE'}",
                "quorum-waiver | {'choice':'RECONVENE','reason':'RADIOLOGY_ABSENT'}",
                "gate-override | {'choice':'OVERRIDE','reason':'BED_EXPECTED'}",
                "failed-base-images | {'choice':'OTHER_MODALITY','reason':'IMPLANT'}",
                "reorder-advanced-images | {'reordered':true}",
                "request-prior-dose | {'requested':true}",
                "case-summary | {'complete':true,'priorPathologyMissing':true}",
                "ratification | {'ratified':true}",
                "identity-check | {}"
            })
    void aKnownStepTellsWhatItFound(String step, String data) {
        assertThat(complaintsAboutStep(step, data)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eligibility | {} | eligible",
                "eligibility | {'eligible':'YES'} | eligible",
                "follow-up-classified | {'classification':'BETTER'} | classification",
                "case-waiver | {'choice':'RECONVENE','reason':'LATE'} | choice",
                "quorum-waiver | {'choice':'WAIVE'} | reason",
                "failed-advanced-images | {'choice':'WAIVE','reason':'NO_SCANNER'} | choice",
                "reorder-base-images | {} | reordered",
                "request-prior-pathology | {'requested':false} | requested",
                "case-summary | {'priorPathologyMissing':'YES'} | priorPathologyMissing",
                "ratification | {'ratified':false} | ratified",
                "gate-override | {'reason':'BED_EXPECTED'} | choice"
            })
    void aKnownStepThatTellsSomethingElseIsRefused(String step, String data, String field) {
        assertThat(complaintsAboutStep(step, data)).anyMatch(complaint -> complaint.contains(field));
    }

    private static List<String> complaintsAboutStep(String step, String data) {
        Type type = type("events/any.step-completed");
        ObjectNode changed = type.sample().get("data").deepCopy();
        changed.put("step", step).set("data", VocabularyFiles.parse(data.replace('\'', '"')));
        return type.complaintsAbout(changed);
    }

    private static List<String> complaints(String event, String field, Object value) {
        Type type = type("events/" + event);
        ObjectNode data = type.sample().get("data").deepCopy();
        data.putPOJO(field, value);
        return type.complaintsAbout(VocabularyFiles.parse(data.toString()));
    }

    private static JsonNode without(Type type, String... fields) {
        ObjectNode data = type.sample().get("data").deepCopy();
        return data.remove(List.of(fields));
    }

    private static Type type(String path) {
        return VocabularyFiles.all()
                .filter(type -> type.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}

package org.tumorboard.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.inbox.PatientErasure;

/** Erasing a patient's pseudonym: asked once to see what it would be, and again with that number to do it. */
@RestController
final class PatientApi {

    private final PatientErasure erasure;

    PatientApi(PatientErasure erasure) {
        this.erasure = erasure;
    }

    /** @param rows how many rows are to be changed, as the first answer said; null only asks */
    record Asked(@Nullable String patientRef, @Nullable Long rows) {}

    /**
     * @param tables how many rows of which table
     * @param pseudonyms this one and those merged with it
     */
    record Answer(List<String> cases, Map<String, Long> tables, int pseudonyms, long rows, boolean erased) {}

    @PostMapping(path = "/api/patients/erase", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> erase(@RequestBody Asked asked) {
        if (asked.patientRef() == null || !PatientErasure.isPseudonym(asked.patientRef())) {
            return Problems.of(HttpStatus.BAD_REQUEST, "patientRef: expected a pseudonym of 4 to 64 characters");
        }
        PatientErasure.Result result = asked.rows() == null
                ? erasure.look(asked.patientRef())
                : erasure.erase(asked.patientRef(), asked.rows());
        if (result instanceof PatientErasure.Result.StillOpen open) {
            return Problems.of(
                    HttpStatus.CONFLICT,
                    "expected a patient without an open case, but these are open: " + open.cases());
        }
        if (!(result instanceof PatientErasure.Result.Found found)) {
            return Problems.of(HttpStatus.NOT_FOUND, "no row of any table holds that pseudonym");
        }
        if (asked.rows() != null && !found.erased()) {
            return Problems.of(
                    HttpStatus.CONFLICT, "expected %d rows, but there are %d".formatted(asked.rows(), found.rows()));
        }
        return ResponseEntity.ok(new Answer(
                found.cases().stream().map(Object::toString).toList(),
                found.tables(),
                found.pseudonyms(),
                found.rows(),
                found.erased()));
    }
}

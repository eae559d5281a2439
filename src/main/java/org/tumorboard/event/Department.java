package org.tumorboard.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The departments of the pathway: each is a source of events, a topic, and a group of Tasklist. */
public enum Department {
    RADIOLOGY,
    NEUROSURGERY,
    RADIATION_ONCOLOGY,
    GAMMA_KNIFE,
    MEDICAL_PHYSICS,
    ANAESTHESIA,
    OPERATING_ROOM,
    INTENSIVE_CARE,
    PATHOLOGY,
    ONCOLOGY,
    WARD,
    FOLLOW_UP_CLINIC,
    PATIENT_ADMINISTRATION,
    COORDINATION;

    /** The name on the wire, in topics and as a group: {@code gamma-knife}. */
    @JsonValue
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Department> of(String slug) {
        return Arrays.stream(values())
                .filter(department -> department.slug().equals(slug))
                .findFirst();
    }

    @Override
    public String toString() {
        return slug();
    }
}

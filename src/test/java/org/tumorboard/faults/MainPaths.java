package org.tumorboard.faults;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;

/** Urgent cases from the suspicion through the treatment. */
final class MainPaths {

    private MainPaths() {}

    /** All events of the patients with these numbers, one case after the other. */
    static List<SyntheticEvent> of(int first, int last, Instant detectedAt) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> SyntheticCase.urgent(number, detectedAt).throughTreatment())
                .flatMap(List::stream)
                .toList();
    }
}

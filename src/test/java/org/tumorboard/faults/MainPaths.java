package org.tumorboard.faults;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Urgency;

/** Urgent cases from the suspicion through the treatment. */
final class MainPaths {

    /** From the suspicion to the last beam within 17 h. */
    private static final double TODAY = 0.3;

    private MainPaths() {}

    /** All events of the patients with these numbers, one case after the other. */
    static List<SyntheticEvent> of(int first, int last, Instant detectedAt) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> SyntheticCase.urgent(number, detectedAt).throughTreatment())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The events of a case up to its irradiation.
     *
     * @param lastBeam within the last hours: all timers of the case are ahead then, and it ends alike however late each
     *     event is read
     */
    static List<SyntheticEvent> irradiated(int number, Instant lastBeam) {
        Instant detectedAt = lastBeam.minusSeconds(Math.round(56 * 3600 * TODAY));
        return SyntheticCase.of(number, detectedAt, Urgency.URGENT, TODAY).withoutSurgery();
    }
}

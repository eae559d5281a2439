package org.tumorboard.faults;

import java.util.List;
import java.util.Optional;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * How one case is told, round by round; a round is told when all of the one before is on record.
 *
 * @param meanwhile what people complete as soon as it is open, whatever round it is
 * @param frame what is told after this has to find the case treated: it waits until this was taken. Empty where nothing is
 */
record Script(String caseId, List<Round> rounds, List<Hand> meanwhile, Optional<SyntheticEvent> frame) {

    /**
     * @param events in the order in which they are sent, with duplicates
     * @param hands what people complete before the next round
     * @param malformed how many records that are no events go between
     */
    record Round(List<SyntheticEvent> events, List<Hand> hands, int malformed) {}
}

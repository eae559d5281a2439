package org.tumorboard.faults;

import java.util.List;
import org.tumorboard.embedded.SyntheticEvent;

/**
 * How one case is told, round by round; a round is told when all of the one before is on record.
 *
 * @param meanwhile what people complete as soon as it is open, whatever round it is
 */
record Script(String caseId, List<Round> rounds, List<Hand> meanwhile) {

    /**
     * @param events in the order in which they are sent, with duplicates
     * @param hands what people complete before the next round
     * @param malformed how many records that are no events go between
     */
    record Round(List<SyntheticEvent> events, List<Hand> hands, int malformed) {}
}

package org.tumorboard.pathway;

import java.util.List;

/**
 * A model that a case is in, and where it stands there.
 *
 * @param processId the phase
 * @param name the phase's title
 * @param definitionId the version of the model that the case follows
 * @param places the elements at which it waits
 */
public record RunningModel(String processId, String name, String definitionId, List<Place> places) {

    /** @param elementId the element's id in the model */
    public record Place(String elementId, String name) {}
}

package org.tumorboard.pathway;

import org.tumorboard.event.EventIdentity;

/** Where it is put on record what a person says about an event that nothing releases. */
public interface ParkedEventDesk {

    /**
     * @param setAside whether it never moves a case; else it waits on
     * @param reason code
     * @param person who says so
     */
    void settle(EventIdentity event, boolean setAside, String reason, String person);
}

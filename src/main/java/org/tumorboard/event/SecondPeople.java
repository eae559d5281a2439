package org.tumorboard.event;

/** Where it is seen to that two people say the same before it counts: what decides about the window, and corrections. */
public interface SecondPeople {

    /**
     * Somebody enters an event by hand. If another person has entered the same and it waits, it is taken as confirmed,
     * in the caller's transaction; else it is kept until somebody does, whatever becomes of the caller's transaction.
     *
     * @param entered its id is a UUID, the same when the same person enters it again
     * @param person who enters it
     * @return whether two people agree now
     */
    boolean agree(InboundEvent entered, String person);
}

package org.tumorboard.channel;

/** Brings one message to one department. */
interface Carrier {

    /**
     * @throws UndeliveredException if it did not arrive, or nobody knows whether it did
     */
    void carry(Delivery delivery) throws UndeliveredException;
}

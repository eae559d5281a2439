package org.tumorboard.hostile;

/** One thing that is wrong with an event, so that it is none. */
interface Flaw {

    String name();

    void spoil(Draft draft);
}

package org.tumorboard.pathway;

/** What departments have sent and is not on record yet. */
public interface UnreadEvents {

    /** Whether such events have waited longer than they usually do, or nobody knows. */
    boolean areBehind();
}

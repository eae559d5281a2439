package org.tumorboard.sla;

/** The versions of the SLA policy. */
public interface Policies {

    /** The version for clocks that start now. */
    SlaPolicy current();

    /** An earlier version, for clocks that started under it. */
    SlaPolicy version(int version);
}

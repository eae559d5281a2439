package org.tumorboard.security;

import java.time.Duration;

/** When an attempt to sign in may be made. */
sealed interface Turn {

    Turn NOW = new Now();
    Turn AFTER_ANOTHER = new AfterAnother();

    record Now() implements Turn {}

    /** Once one that is under way has ended: its answer decides. */
    record AfterAnother() implements Turn {}

    /**
     * @param after how long it may be asked again; positive
     */
    record Later(Duration after) implements Turn {}
}

package org.tumorboard.web;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong now.
 *
 * @param critical whether somebody must do something tonight
 * @param what is wrong, in a sentence
 * @param remedy what to do about it
 * @param link where; null if nowhere on these pages
 */
record Trouble(boolean critical, String what, String remedy, @Nullable String link) {

    static Trouble critical(String what, String remedy, @Nullable String link) {
        return new Trouble(true, what, remedy, link);
    }

    static Trouble warning(String what, String remedy, @Nullable String link) {
        return new Trouble(false, what, remedy, link);
    }
}

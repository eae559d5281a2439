package org.tumorboard.web;

import org.tumorboard.event.ExceptionPath;
import org.tumorboard.report.Tally;

/**
 * How often an exception path was taken in a period.
 *
 * @param name the path's number
 * @param n times
 * @param cases by how many cases
 * @param previousN times in the period of the same length just before
 */
record PathTally(String name, String title, int n, int cases, int previousN) {

    static PathTally of(Tally tally) {
        String title =
                ExceptionPath.ofCode(tally.name()).map(ExceptionPath::title).orElse("");
        return new PathTally(tally.name(), title, tally.n(), tally.cases(), tally.previousN());
    }
}

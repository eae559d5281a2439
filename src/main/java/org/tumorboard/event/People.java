package org.tumorboard.event;

import java.util.List;

/** The configured people: the one list from which pages, API and Tasklist know them and their groups. */
public interface People {

    List<Person> all();

    /** Whether others may sign in too, who are known only then ({@link PersonSignedIn}). */
    boolean othersMayCome();
}

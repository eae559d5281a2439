package org.tumorboard.event;

import java.util.List;

/** Everyone who may sign in: the one list from which pages, API and Tasklist know people and their groups. */
public interface People {

    List<Person> all();
}

package org.tumorboard.event;

/** Somebody has signed in whose groups were not known before: told before they see anything, so that Tasklist knows them. */
public record PersonSignedIn(Person person) {}

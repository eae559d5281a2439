package org.tumorboard.event;

import java.util.Set;

/**
 * Someone who may sign in.
 *
 * @param name the name they sign in with
 * @param groups of {@link Groups}
 */
public record Person(String name, Set<String> groups) {}

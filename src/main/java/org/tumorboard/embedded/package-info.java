/**
 * The first five minutes: a real PostgreSQL and a real Kafka broker inside the application's process tree, for the
 * profile {@code embedded} and for tests. A deployment brings servers of its own and never starts anything from here.
 */
@NullMarked
package org.tumorboard.embedded;

import org.jspecify.annotations.NullMarked;

/** Who may do what: the people and their groups, one sign-in for pages, API and Tasklist. */
@NullMarked
package org.tumorboard.security;

import org.jspecify.annotations.NullMarked;

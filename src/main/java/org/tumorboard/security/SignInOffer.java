package org.tumorboard.security;

import org.jspecify.annotations.Nullable;

/**
 * What the sign-in page offers.
 *
 * @param elsewhere where the browser goes to sign in at the issuer; null: name and password are asked on the page
 */
public record SignInOffer(@Nullable String elsewhere) {}

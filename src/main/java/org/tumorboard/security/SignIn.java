package org.tumorboard.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/** How people sign in and out; the configuration chooses one of two ways for everybody. */
interface SignIn {

    /** Makes it part of the filter chain. */
    void addTo(HttpSecurity http) throws Exception;

    /** What a browser is told once the session is gone. */
    LogoutSuccessHandler farewell();

    /** Where forms of our pages may lead to, in the words of a content security policy. */
    String formTargets();

    /** What the sign-in page offers. */
    SignInOffer offer();
}

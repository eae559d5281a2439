package org.tumorboard.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The parts of the application that are protected in different ways. */
final class Paths {

    static final String SIGN_IN = "/login";
    static final String GOODBYE = SIGN_IN + "?goodbye";

    static final RequestMatcher API = request -> of(request).startsWith("/api/");
    static final RequestMatcher METRICS = request -> of(request).startsWith("/actuator/");
    static final RequestMatcher CAMUNDA = request -> of(request).startsWith("/camunda/");
    static final RequestMatcher CAMUNDA_API = request -> of(request).startsWith("/camunda/api/");

    /** A person wants to see it, and no script or icon is fetched. */
    static final RequestMatcher PAGE = request -> request.getMethod().equals("GET")
            && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE);

    /** Our own button, and that of Camunda's pages, which would forget the person until the next click only. */
    static final RequestMatcher SIGN_OUT = request -> request.getMethod().equals("POST")
            && (of(request).equals("/logout") || of(request).matches("/camunda/api/admin/auth/user/[^/]+/logout"));

    private Paths() {}

    static String of(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}

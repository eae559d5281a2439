package org.tumorboard.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.tumorboard.event.Actor;
import org.tumorboard.event.Groups;

/** Whatever a request does, it does in the name of whoever signed in, from their address. */
final class ActsInTheirName extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String name = request.getRemoteUser();
        Actor actor = new Actor(
                name == null ? Actor.UNKNOWN : name,
                Groups.all().stream().filter(request::isUserInRole).toList(),
                request.getRemoteAddr());
        actor.<IOException, ServletException>doing(() -> chain.doFilter(request, response));
    }
}

package org.tumorboard.pathway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The engine's REST would hand out any number of rows at once: whoever names none gets the first, and no more. */
final class WebappQueryLimit extends HttpFilter {

    /** As many as Tasklist itself asks for when it fetches its filters. */
    static final int MOST_ROWS = 2000;

    private static final String MAX_RESULTS = "maxResults";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String asked = request.getParameter(MAX_RESULTS);
        if (asked == null) {
            chain.doFilter(new Limited(request), response);
        } else if (asked.matches("\\d{1,4}") && Integer.parseInt(asked) <= MOST_ROWS) {
            chain.doFilter(request, response);
        } else {
            response.sendError(
                    HttpServletResponse.SC_BAD_REQUEST, "maxResults: expected a number up to %d".formatted(MOST_ROWS));
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getQueryString() {
            @Nullable String asked = super.getQueryString();
            return (asked == null ? "" : asked + "&") + MAX_RESULTS + "=" + MOST_ROWS;
        }
    }
}

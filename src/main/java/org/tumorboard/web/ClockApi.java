package org.tumorboard.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.sla.ClockQueries;
import org.tumorboard.sla.OpenClock;

/** Running clocks by the time left, the most overdue first. */
@RestController
final class ClockApi {

    private final ClockQueries clocks;
    private final Clock clock;

    ClockApi(ClockQueries clocks, Clock clock) {
        this.clocks = clocks;
        this.clock = clock;
    }

    /** @param whole everything in one piece, as the dashboard's exports ask */
    @GetMapping(
            path = "/api/sla/clocks",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv;charset=UTF-8"})
    Page<ClockRow> clocks(
            Asked asked,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "false") boolean whole) {
        Instant now = clock.instant();
        List<OpenClock> found = clocks.open(asked.known().filter(), now);
        Page<OpenClock> piece = whole ? Page.whole(found) : Page.of(page, found);
        return piece.map(open -> ClockRow.of(open, now));
    }
}

package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.UuidText;
import org.tumorboard.inbox.InboxQueries;
import org.tumorboard.inbox.Redrive;

/** Events over all cases, and trying one again. */
@RestController
final class EventApi {

    private final InboxQueries events;
    private final EventFinder finder;
    private final Redrive redrive;

    EventApi(InboxQueries events, EventFinder finder, Redrive redrive) {
        this.events = events;
        this.finder = finder;
        this.redrive = redrive;
    }

    @GetMapping(
            path = "/api/events",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv;charset=UTF-8"})
    Page<EventView> events(EventsAsked asked, @RequestParam(defaultValue = "1") int page) {
        return Page.of(
                page,
                events.count(asked.filter()),
                offset -> finder.views(events.list(asked.filter(), Page.SIZE, offset)));
    }

    @PostMapping(path = "/api/events/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> redrive(@RequestBody EventIdentity event, HttpServletRequest request) {
        if (event.source() == null || event.id() == null) {
            return Problems.of(HttpStatus.BAD_REQUEST, "expected source and id of an event");
        }
        if (!event.isPlain()) {
            return Problems.of(
                    HttpStatus.BAD_REQUEST,
                    "source, id: expected what an event may have, but it has other characters or more");
        }
        Redrive.Result result = again(event, String.valueOf(request.getRemoteUser()));
        if (result instanceof Redrive.Result.Tried tried) {
            return ResponseEntity.ok(finder.views(List.of(tried.entry())).get(0));
        }
        if (result instanceof Redrive.Result.Settled settled) {
            return Problems.of(
                    HttpStatus.CONFLICT,
                    "expected a parked or failed event, but it is "
                            + settled.entry().outcome());
        }
        return Problems.of(HttpStatus.NOT_FOUND, "no event with that source and id was ever received");
    }

    /** An id that is a UUID may be kept in the one form that it has now, or as it was sent before that. */
    private Redrive.Result again(EventIdentity asked, String person) {
        Redrive.Result result = new Redrive.Result.Unknown();
        for (String id : UuidText.spellings(asked.id())) {
            if (result instanceof Redrive.Result.Unknown) {
                result = redrive.again(new EventIdentity(asked.source(), id), person);
            }
        }
        return result;
    }
}

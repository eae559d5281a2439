package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events for the dashboard: {@code changed} when it may look different, {@code heartbeat} otherwise. */
@RestController
final class DashboardStream {

    private final Viewers viewers;
    private final ChangeWatch watch;

    DashboardStream(Viewers viewers, ChangeWatch watch) {
        this.viewers = viewers;
        this.watch = watch;
    }

    @GetMapping(path = "/dashboard/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(HttpServletRequest request) {
        watch.begin();
        return viewers.connect(request.getSession(false));
    }
}

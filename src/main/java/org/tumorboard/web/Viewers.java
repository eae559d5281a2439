package org.tumorboard.web;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Whoever has the dashboard open. A connection ends with its session, with the application, or after a while, when the
 * browser connects anew by itself.
 */
@Component
final class Viewers implements SmartLifecycle, HttpSessionListener {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    private record Viewer(SseEmitter connection, @Nullable String session) {}

    SseEmitter connect(@Nullable HttpSession session) {
        SseEmitter connection = new SseEmitter(LONGEST.toMillis());
        Viewer viewer = new Viewer(connection, session == null ? null : session.getId());
        connection.onCompletion(() -> viewers.remove(viewer));
        connection.onTimeout(connection::complete);
        connection.onError(fault -> viewers.remove(viewer));
        viewers.add(viewer);
        if (running) {
            send(viewer, "heartbeat");
        } else {
            connection.complete();
        }
        return connection;
    }

    boolean isAnybodyThere() {
        return !viewers.isEmpty();
    }

    void tell(String what) {
        viewers.forEach(viewer -> send(viewer, what));
    }

    private void send(Viewer viewer, String what) {
        try {
            viewer.connection.send(SseEmitter.event().name(what).data(what));
        } catch (IOException | IllegalStateException gone) {
            viewers.remove(viewer);
        }
    }

    /** Sign-out or expiry: whoever may no longer see the page is not told that it changes. */
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        viewers.stream()
                .filter(viewer -> event.getSession().getId().equals(viewer.session))
                .forEach(viewer -> viewer.connection.complete());
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server, which waits for open requests. */
    @Override
    public void stop() {
        running = false;
        viewers.forEach(viewer -> viewer.connection.complete());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

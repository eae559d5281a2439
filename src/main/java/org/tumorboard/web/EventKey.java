package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;
import org.tumorboard.event.EventIdentity;

/** An event's source and id as one value of a form: both encoded, with a space between. */
final class EventKey {

    private EventKey() {}

    static String of(String source, String id) {
        return encoded(source) + " " + encoded(id);
    }

    /** Empty if it is none. */
    static Optional<EventIdentity> read(String key) {
        String[] parts = key.split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new EventIdentity(decoded(parts[0]), decoded(parts[1])))
                            .filter(EventIdentity::isPlain)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}

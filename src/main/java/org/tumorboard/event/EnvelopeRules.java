package org.tumorboard.event;

import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventContextWriter;
import io.cloudevents.rw.CloudEventRWException;
import io.cloudevents.types.Time;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What CloudEvents 1.0 asks of attributes, and what we ask so that they can be kept; each complaint names its attribute. */
final class EnvelopeRules {

    static final String CORRELATION = "correlationid";
    static final String TRACE = "traceparent";

    private static final String VERSION = "1.0";
    private static final String DATA_SCHEMA = "dataschema";
    private static final int LONGEST_EXTENSION = 200;
    private static final int LONGEST_TIME = 64;
    private static final int LONGEST_SCHEMA = 2_000;
    private static final int SHOWN = 80;

    private EnvelopeRules() {}

    /** What is wrong with it as a CloudEvent, whoever sent it. */
    static Optional<String> complaint(Envelope envelope) {
        return Optional.ofNullable(envelope.flaw())
                .or(() -> version(envelope.attribute(Envelope.SPECVERSION)))
                .or(() -> missing(envelope))
                .or(() -> identity(envelope.identity()))
                .or(() -> unseen(envelope))
                .or(() -> tooLong(envelope, Envelope.TIME, LONGEST_TIME))
                .or(() -> tooLong(envelope, DATA_SCHEMA, LONGEST_SCHEMA))
                .or(() -> misfit(envelope.attributes()));
    }

    private static Optional<String> version(@Nullable String version) {
        if (VERSION.equals(version)) {
            return Optional.empty();
        }
        return Optional.of("specversion: expected %s, but %s"
                .formatted(VERSION, version == null ? "it is missing" : got(version)));
    }

    private static Optional<String> missing(Envelope envelope) {
        return List.of(Envelope.ID, Envelope.SOURCE, Envelope.TYPE).stream()
                .filter(name -> String.valueOf(envelope.attributes().getOrDefault(name, ""))
                        .isEmpty())
                .findFirst()
                .map(name -> "%s: expected text, but it is %s"
                        .formatted(name, envelope.attribute(name) == null ? "missing" : "empty"));
    }

    private static Optional<String> identity(@Nullable EventIdentity identity) {
        return identity == null || identity.isPlain()
                ? Optional.empty()
                : Optional.of("id, source: expected at most %d and %d characters, none of them a control character"
                        .formatted(EventIdentity.LONGEST_ID, EventIdentity.LONGEST_SOURCE));
    }

    private static Optional<String> unseen(Envelope envelope) {
        return List.of(Envelope.ID, Envelope.SOURCE).stream()
                .filter(name -> !isSeen(envelope.attributes().get(name)))
                .findFirst()
                .map(name -> name + ": expected characters that can be seen, but it has one that turns or ends a line");
    }

    /** Whether it stands on a page and in a log as it is: nothing in it turns the direction or ends a line. */
    static boolean isSeen(String text) {
        return text.codePoints()
                .map(Character::getType)
                .noneMatch(type -> type == Character.FORMAT
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }

    private static Optional<String> tooLong(Envelope envelope, String name, int longest) {
        return Optional.ofNullable(envelope.attribute(name))
                .filter(text -> text.length() > longest)
                .map(text -> "%s: expected at most %d characters, but got %d".formatted(name, longest, text.length()));
    }

    private static Optional<String> misfit(Map<String, String> attributes) {
        CloudEventBuilder event = CloudEventBuilder.fromSpecVersion(SpecVersion.V1);
        return attributes.entrySet().stream()
                .filter(attribute -> !attribute.getKey().equals(Envelope.SPECVERSION))
                .flatMap(attribute -> misfit(event, attribute.getKey(), attribute.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> misfit(CloudEventContextWriter event, String name, String value) {
        try {
            event.withContextAttribute(name, value);
            return Optional.empty();
        } catch (CloudEventRWException e) {
            return Optional.of(
                    switch (name) {
                        case Envelope.TIME -> "time: expected an RFC 3339 instant, but " + got(value);
                        case Envelope.SOURCE, DATA_SCHEMA -> "%s: expected a URI, but %s".formatted(name, got(value));
                        default -> "%s: expected an attribute's name, of lower-case letters and digits"
                                .formatted(StorableText.shown(name, SHOWN));
                    });
        }
    }

    /** What is wrong with the clinical time, or with what is passed on. */
    static Optional<String> complaint(Envelope envelope, Instant now) {
        String time = envelope.attribute(Envelope.TIME);
        if (time == null) {
            return Optional.of("time: expected the clinical time, but it is missing");
        }
        return Past.complaint(Envelope.TIME, time(time), now)
                .or(() -> extension(envelope, CORRELATION))
                .or(() -> extension(envelope, TRACE))
                .or(() -> contentType(envelope.attribute(Envelope.DATA_CONTENT_TYPE)));
    }

    /** @param time as {@link #complaint(Envelope)} has found it well */
    static Instant time(String time) {
        return Time.parseTime(time).toInstant();
    }

    private static Optional<String> extension(Envelope envelope, String name) {
        return StorableText.isPlain(envelope.attribute(name), LONGEST_EXTENSION)
                ? Optional.empty()
                : Optional.of("%s: expected at most %d characters, none of them a control character"
                        .formatted(name, LONGEST_EXTENSION));
    }

    private static Optional<String> contentType(@Nullable String contentType) {
        return contentType == null || MediaType.of(contentType).isJson()
                ? Optional.empty()
                : Optional.of("datacontenttype: expected application/json, but " + got(contentType));
    }

    private static String got(String text) {
        return "got '%s'".formatted(StorableText.shown(text, SHOWN));
    }
}

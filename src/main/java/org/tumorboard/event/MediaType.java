package org.tumorboard.event;

import java.util.Locale;

/** What a content type says, without its parameters and in whatever case it was written. */
final class MediaType {

    static final String STRUCTURED = "application/cloudevents+json";

    private static final String ANY_STRUCTURED = "application/cloudevents";
    private static final String APPLICATION = "application/";
    private static final String JSON = "json";
    private static final int LONGEST = 200;

    private final String name;

    private MediaType(String name) {
        this.name = name;
    }

    static MediaType of(String contentType) {
        String cut = contentType.length() > LONGEST ? contentType.substring(0, LONGEST) : contentType;
        int parameters = cut.indexOf(';');
        return new MediaType(
                (parameters < 0 ? cut : cut.substring(0, parameters)).strip().toLowerCase(Locale.ROOT));
    }

    /** One event in structured mode, as JSON. */
    boolean isStructured() {
        return name.equals(STRUCTURED);
    }

    /** A mode of CloudEvents that we do not read: batches, XML, Avro. */
    boolean isOtherMode() {
        return name.startsWith(ANY_STRUCTURED) && !isStructured();
    }

    /** {@code application/json}, or something more special in that syntax. */
    boolean isJson() {
        return name.equals(APPLICATION + JSON) || name.startsWith(APPLICATION) && name.endsWith("+" + JSON);
    }
}

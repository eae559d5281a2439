package org.tumorboard.event;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ids of the form that RFC 9562 gives to UUIDs: the same one, in whatever case its letters are written. */
public final class UuidText {

    private static final int LENGTH = 36;
    private static final String FORM = "00000000-0000-0000-0000-000000000000";

    private UuidText() {}

    /** Whether it is wholly a UUID: five groups of hexadecimal digits. */
    public static boolean isOne(String text) {
        return text.length() == LENGTH
                && IntStream.range(0, LENGTH)
                        .allMatch(at -> FORM.charAt(at) == '-'
                                ? text.charAt(at) == '-'
                                : HexFormat.isHexDigit(text.charAt(at)));
    }

    /** The one form in which it is kept: a UUID in lower case, any other text as it is. */
    public static String canonical(String text) {
        return isOne(text) ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** Under which forms something may be kept that came before there was but one; the likeliest first. */
    public static List<String> spellings(String text) {
        return isOne(text)
                ? Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))
                        .distinct()
                        .toList()
                : List.of(text);
    }
}

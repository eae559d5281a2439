package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/**
 * What a header of the HTTP binding of CloudEvents says, in its section 3.1.3.2: quoted strings lose their quotes, then
 * percent signs are decoded once. What is no UTF-8 is refused, so that no two values become one.
 */
final class HeaderValue {

    private static final char QUOTE = '"';
    private static final char BACKSLASH = '\\';
    private static final char PERCENT = '%';
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    private HeaderValue() {}

    /**
     * @param name of the header, for sentences
     * @throws IllegalArgumentException that names the header and what was expected
     */
    static String decoded(String name, String raw) {
        if (raw.chars().anyMatch(letter -> letter < FIRST_PRINTABLE || letter > LAST_PRINTABLE)) {
            throw new IllegalArgumentException(
                    name + ": expected printable ASCII, and percent signs for all other characters");
        }
        return percentDecoded(name, unquoted(name, raw));
    }

    private static String unquoted(String name, String raw) {
        if (raw.indexOf(QUOTE) < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder();
        boolean isQuoted = false;
        for (int at = 0; at < raw.length(); at++) {
            char letter = raw.charAt(at);
            if (letter == QUOTE) {
                isQuoted = !isQuoted;
            } else if (letter == BACKSLASH && isQuoted && at + 1 < raw.length()) {
                text.append(raw.charAt(++at));
            } else {
                text.append(letter);
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException(name + ": expected a quoted text to end with its quote");
        }
        return text.toString();
    }

    private static String percentDecoded(String name, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == PERCENT) {
                bytes.write(escaped(name, text, at));
                at += 2;
            } else {
                bytes.write(letter);
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + ": expected UTF-8 behind its percent signs", e);
        }
    }

    private static int escaped(String name, String text, int at) {
        if (at + 2 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(at + 1))
                || !HexFormat.isHexDigit(text.charAt(at + 2))) {
            throw new IllegalArgumentException(name + ": expected percent signs only before two hexadecimal digits");
        }
        return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }
}

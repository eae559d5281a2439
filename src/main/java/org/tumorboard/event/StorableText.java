package org.tumorboard.event;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text of others on its way into the database and into JSON: neither holds a NUL or half of a surrogate pair, and one
 * record that does would hold up all that come after it.
 */
public final class StorableText {

    private static final String ELLIPSIS = "…";

    private StorableText() {}

    /** Whether it is short enough and has neither control characters nor halves of pairs. */
    public static boolean isPlain(@Nullable String text, int longest) {
        return text == null
                || text.length() <= longest
                        && text.chars().noneMatch(Character::isISOControl)
                        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether the database can hold it at all, whatever its length. */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Something that shows what was said: cut to a length, and a replacement character for what cannot be held. */
    public static String shown(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + ELLIPSIS : text;
        return isStorable(cut)
                ? cut
                : new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}

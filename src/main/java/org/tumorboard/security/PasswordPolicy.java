package org.tumorboard.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords may be used, after NIST SP 800-63B: long ones that nobody guesses, with whatever characters, and never
 * to be changed for the calendar's sake.
 */
final class PasswordPolicy {

    static final int SHORTEST = 12;

    /** What bcrypt reads; it would not see what comes after it. */
    private static final int MOST_BYTES = 72;

    /** Of 0 to 4: 3 takes more than 10⁸ guesses by someone who knows common passwords, names, words and keyboards. */
    private static final int WEAKEST = 3;

    /** A shorter name lies in too many words. */
    private static final int TELLING_NAME = 3;

    private static final List<String> WORDS_OF_THE_PLACE =
            List.of("tumorboard", "tumor", "board", "hospital", "gammaknife", "neurosurgery", "radiology");

    private PasswordPolicy() {}

    /**
     * @param name of the person or system it is for
     * @return what is wrong with it, or nothing
     */
    static Optional<String> complaint(String name, CharSequence password) {
        String text = password.toString();
        if (text.codePointCount(0, text.length()) < SHORTEST) {
            return Optional.of("expected at least %d characters".formatted(SHORTEST));
        }
        if (text.getBytes(UTF_8).length > MOST_BYTES) {
            return Optional.of("expected at most %d bytes".formatted(MOST_BYTES));
        }
        if (name.length() >= TELLING_NAME && text.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("expected one without the name it is for");
        }
        Strength strength = new Zxcvbn().measure(text, WORDS_OF_THE_PLACE);
        if (strength.getScore() < WEAKEST) {
            return Optional.of(
                    "expected one that is harder to guess, such as several words that do not belong together");
        }
        return Optional.empty();
    }
}

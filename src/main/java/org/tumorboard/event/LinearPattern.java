package org.tumorboard.event;

import com.google.re2j.Pattern;

/**
 * A regular expression that never takes more steps than the text is long: it neither tries again nor calls itself, as the
 * platform's own does, whose stack a text of some thousand letters exhausts. It sees no text longer than
 * {@value #LONGEST} characters; no pattern of ours could accept one.
 */
public final class LinearPattern {

    public static final int LONGEST = 1_000;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @param expression in the syntax that RE2 shares with JSON Schema; without look-around and back-references */
    public static LinearPattern of(String expression) {
        return new LinearPattern(Pattern.compile(expression));
    }

    /** Whether the whole text is of this form. */
    public boolean matches(String text) {
        return text.length() <= LONGEST && pattern.matcher(text).matches();
    }

    /** Whether a part of the text is of this form, as JSON Schema asks. */
    public boolean isFoundIn(String text) {
        return text.length() <= LONGEST && search(text);
    }

    /** The same, however long the text is. */
    boolean search(CharSequence text) {
        return pattern.matcher(text).find();
    }
}

package org.tumorboard.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An entry that an earlier check named as the last one, kept where nobody who can change the trail can change it. */
public record Noted(long number, String hash) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /**
     * @param text as {@link Verification.Result.Intact#note} says it
     * @throws IllegalArgumentException if it has another form
     */
    public static Noted parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected number:hash as an earlier check printed it, the hash of 64 hexadecimal digits");
        }
        return new Noted(Long.parseLong(form.group(1)), form.group(2));
    }
}

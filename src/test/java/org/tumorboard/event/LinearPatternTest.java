package org.tumorboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However long a text is and whatever it is made of, no pattern of ours looks at a character more than a few times. */
class LinearPatternTest {

    private static final int LONG = 64 * 1024;

    /** Looks at each character; a surrogate pair is two, and an engine looks ahead by one. */
    private static final int MOST_LOOKS = 8;

    private static final List<String> PARTS = List.of(
            "a",
            "-a",
            "a-",
            "A",
            "A_",
            "0",
            "Name",
            "name",
            "Names",
            "nam",
            ".",
            ":",
            "!~",
            "2026-",
            "é",
            "😀",
            "\ud800",
            "-a-a.",
            "z9",
            "T10:00:00.",
            "(",
            "\n");

    static Set<String> patterns() {
        Set<String> patterns = new TreeSet<>();
        VocabularyFiles.all().forEach(type -> collect(type.schema(), patterns));
        return patterns;
    }

    private static void collect(JsonNode node, Set<String> patterns) {
        if (node.path("pattern").isTextual()) {
            patterns.add(node.get("pattern").asText());
        }
        node.forEach(part -> collect(part, patterns));
    }

    @Test
    void everySchemaIsAskedForItsPatterns() {
        assertThat(patterns()).hasSizeGreaterThanOrEqualTo(10).contains("^[a-z][a-z0-9]*(-[a-z0-9]+)*$");
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void looksAtEachCharacterAFewTimesAtMost(String expression) {
        LinearPattern pattern = LinearPattern.of(expression);

        assertThat(adversarial().toList()).allSatisfy(text -> {
            CountedText counted = new CountedText(text);
            pattern.search(counted);
            assertThat(counted.looks).isLessThanOrEqualTo((long) MOST_LOOKS * (text.length() + 1));
        });
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void acceptsNoTextThatIsLongerThanItMaySee(String expression) {
        LinearPattern pattern = LinearPattern.of(expression);

        assertThat(adversarial().filter(text -> text.length() > LinearPattern.LONGEST))
                .noneMatch(pattern::isFoundIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "step-completed", "a1-b2-c3"})
    void stillSaysWhatAStepMayBeCalled(String name) {
        assertThat(LinearPattern.of("^[a-z][a-z0-9]*(-[a-z0-9]+)*$").isFoundIn(name))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a--b", "a-b\n", "A", "a_b"})
    void stillSaysWhatItMayNot(String name) {
        assertThat(LinearPattern.of("^[a-z][a-z0-9]*(-[a-z0-9]+)*$").isFoundIn(name))
                .isFalse();
    }

    /** Repetitions of what patterns are made of, whole and with a near miss at either end. */
    private static Stream<String> adversarial() {
        List<String> texts = new ArrayList<>();
        for (String part : PARTS) {
            for (int length : List.of(63, 4_001, LONG)) {
                String text = part.repeat(length / part.length() + 1);
                texts.addAll(List.of(text, text + "!", text + "\n", "a" + text, "2026-01-01T" + text, text + "Name"));
            }
        }
        return texts.stream();
    }

    private static final class CountedText implements CharSequence {

        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int at) {
            looks++;
            return text.charAt(at);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            looks += to - from;
            return text.subSequence(from, to);
        }

        @Override
        public String toString() {
            looks += text.length();
            return text;
        }
    }
}

package org.tumorboard.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How those who answer choose: the first option of a form is the usual one, the others are the exceptions.
 *
 * @param usual how many of a hundred answers are the usual one
 * @param preferred answers that take the place of the usual one
 */
record Taste(int usual, Map<String, String> preferred) {

    /** As it goes in the clinic, exceptions included. */
    static final Taste OF_EVERY_DAY = new Taste(80, Map.of());

    /** What brings a case to its end; not always the same answer, so that no loop goes on for ever. */
    static final Taste FOR_THE_END = new Taste(85, Map.of("classification", "TRANSFERRED"));

    boolean isUsual(Random random) {
        return random.nextInt(100) < usual;
    }

    JsonNode of(String field, List<JsonNode> options, Random random) {
        if (!isUsual(random)) {
            return options.get(random.nextInt(options.size()));
        }
        return options.stream()
                .filter(option -> option.asText().equals(preferred.get(field)))
                .findFirst()
                .orElse(options.get(0));
    }
}

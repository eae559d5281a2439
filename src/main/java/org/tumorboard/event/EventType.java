package org.tumorboard.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of event, and the department that sends it.
 *
 * @param department the sender
 * @param name what happened, e.g. {@code plan-submitted}
 */
public record EventType(Department department, String name) {

    private static final int LONGEST = 200;
    private static final Pattern WIRE = Pattern.compile("org\\.tumorboard\\.([a-z-]+)\\.([a-z-]+)\\.v1");

    /** Reads {@code org.tumorboard.gamma-knife.plan-submitted.v1}; empty if it is no such type. */
    public static Optional<EventType> onTheWire(String wireType) {
        Matcher matcher = WIRE.matcher(wireType);
        return wireType.length() <= LONGEST && matcher.matches()
                ? Department.of(matcher.group(1)).map(department -> new EventType(department, matcher.group(2)))
                : Optional.empty();
    }

    /** Reads the short form {@code gamma-knife.plan-submitted}, the one the models use. */
    public static Optional<EventType> ofShortName(String shortName) {
        return onTheWire("org.tumorboard." + shortName + ".v1");
    }

    /** The form the models and people use: {@code gamma-knife.plan-submitted}. */
    @JsonValue
    public String shortName() {
        return department.slug() + "." + name;
    }

    public String wireType() {
        return "org.tumorboard." + shortName() + ".v1";
    }

    @Override
    public String toString() {
        return shortName();
    }
}

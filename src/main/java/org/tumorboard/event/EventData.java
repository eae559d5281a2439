package org.tumorboard.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The data of an event in the one form in which it is compared: 1.0 is 1, and a UUID is written in lower case. It is the
 * form in which data come back from the database.
 */
public final class EventData {

    /** Of a number; more say nothing. */
    static final int MOST_DIGITS = 100;

    /** Of ten, in a number's size: what is smaller a double can hold, as which a validator may reckon with it. */
    static final int LARGEST_POWER = 308;

    /** Of an array or object: no schema of ours allows more. */
    static final int MOST_MEMBERS = 1_000;

    private static final int BITS_OF_INT = 31;
    private static final int BITS_OF_LONG = 63;

    private EventData() {}

    /** The same data in that form. */
    public static JsonNode normal(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> object.set(field.getKey(), normal(field.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(item -> array.add(normal(item)));
            return array;
        }
        if (value.isTextual()) {
            return TextNode.valueOf(UuidText.canonical(value.textValue()));
        }
        return isDecimal(value) ? number(value.decimalValue()) : value;
    }

    /** Whole numbers are, and infinities cannot be. */
    private static boolean isDecimal(JsonNode value) {
        return value.isBigDecimal() && isBounded(value.decimalValue())
                || value.isFloatingPointNumber() && !value.isBigDecimal() && Double.isFinite(value.doubleValue());
    }

    /** Whether arithmetic with it costs nothing to speak of. */
    static boolean isBounded(BigDecimal number) {
        return number.signum() == 0
                || number.precision() <= MOST_DIGITS
                        && Math.abs((long) number.precision() - number.scale()) <= LARGEST_POWER;
    }

    static String expectedNumber() {
        return "expected a number of at most %1$d digits, and of a size from 1e-%2$d to 1e%2$d"
                .formatted(MOST_DIGITS, LARGEST_POWER);
    }

    /** @param number within bounds */
    static NumericNode number(BigDecimal number) {
        if (number.signum() == 0) {
            return IntNode.valueOf(0);
        }
        BigDecimal shortest = number.stripTrailingZeros();
        if (shortest.scale() <= 0) {
            return whole(shortest.toBigIntegerExact());
        }
        double nearest = shortest.doubleValue();
        return BigDecimal.valueOf(nearest).compareTo(shortest) == 0
                ? DoubleNode.valueOf(nearest)
                : DecimalNode.valueOf(shortest);
    }

    private static NumericNode whole(BigInteger number) {
        if (number.bitLength() <= BITS_OF_INT) {
            return IntNode.valueOf(number.intValue());
        }
        return number.bitLength() <= BITS_OF_LONG
                ? LongNode.valueOf(number.longValue())
                : BigIntegerNode.valueOf(number);
    }

    /** The first text, list or object that is larger than any schema of ours allows; before one is asked about it. */
    static Optional<String> excess(JsonNode value) {
        return excess("data", value);
    }

    private static Optional<String> excess(String place, JsonNode value) {
        if (value.isBigDecimal() && !isBounded(value.decimalValue())) {
            return Optional.of(place + ": " + expectedNumber());
        }
        if (value.isTextual() && value.textValue().length() > LinearPattern.LONGEST) {
            return tooMany(
                    place,
                    LinearPattern.LONGEST,
                    "characters",
                    value.textValue().length());
        }
        if (value.size() > MOST_MEMBERS) {
            return tooMany(place, MOST_MEMBERS, value.isArray() ? "items" : "fields", value.size());
        }
        Iterator<Map.Entry<String, JsonNode>> fields = value.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            Optional<String> found = excess(place + "." + field.getKey(), field.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return value.isArray() ? excessOfItems(place, value) : Optional.empty();
    }

    private static Optional<String> excessOfItems(String place, JsonNode array) {
        for (int at = 0; at < array.size(); at++) {
            Optional<String> found = excess(place + "." + at, array.get(at));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> tooMany(String place, int most, String what, int found) {
        return Optional.of("%s: expected at most %d %s, but got %d".formatted(place, most, what, found));
    }
}

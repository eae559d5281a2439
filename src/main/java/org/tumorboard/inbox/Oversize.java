package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the headers of a record whose value was left out because it is too large to be an event. Only this class tells
 * it, not its name: what comes over the wire is never of this class, so that no sender can put it there.
 *
 * @param bytes of the value; null if it did not fit into memory, so that nobody knows
 */
record Oversize(@Nullable Long bytes) implements Header {

    /** No event comes near it (256 KiB over HTTP), nor does a record that brokers with usual settings take uncompressed. */
    static final int LARGEST_VALUE = 2 * 1024 * 1024;

    private static final String KEY = "oversize";

    /** The one among them; null for a record that has its value. */
    static @Nullable Oversize of(Headers headers) {
        for (Header header : headers.headers(KEY)) {
            if (header instanceof Oversize oversize) {
                return oversize;
            }
        }
        return null;
    }

    /** The sentence with which the record is refused. */
    String refusal() {
        return bytes == null
                ? "value: expected at most %d bytes, but this record, or one before it that was compressed with it, does not fit into memory"
                        .formatted(LARGEST_VALUE)
                : "value: expected at most %d bytes, but it has %d".formatted(LARGEST_VALUE, bytes);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public byte[] value() {
        return String.valueOf(bytes).getBytes(US_ASCII);
    }
}

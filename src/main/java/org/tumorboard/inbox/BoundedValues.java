package org.tumorboard.inbox;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of records as they are, up to {@value Oversize#LARGEST_VALUE} bytes. A few KB on the wire may be hundreds of
 * MB once they are decompressed: a larger value is left out, and {@link Oversize} says so among the record's headers.
 */
final class BoundedValues implements Deserializer<Object> {

    @Override
    public Object deserialize(String topic, byte[] data) {
        return data;
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null || data.remaining() <= Oversize.LARGEST_VALUE) {
            return Utils.toNullableArray(data);
        }
        letGo(headers);
        headers.add(new Oversize((long) data.remaining()));
        return null;
    }

    /** Headers are windows on the whole record, and keep all of it in memory until they are read. */
    private static void letGo(Headers headers) {
        for (Header header : headers) {
            header.key();
            header.value();
        }
    }
}

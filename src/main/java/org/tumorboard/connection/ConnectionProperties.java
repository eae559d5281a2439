package org.tumorboard.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param most open at a time without a complete request; beyond it, a new one takes the place of the one that has been so
 *     longest. Below {@code server.tomcat.max-connections}, and below what files the process may open
 * @param headersWithin after which a request whose first line and headers are not here is cut
 * @param bodyWithin after which a request whose body is not here is cut, however steadily it comes
 * @param largestBody of a request
 * @param allBodies that may wait in memory at a time; beyond it, the one that waits longest is cut
 */
@ConfigurationProperties("tumorboard.connections")
record ConnectionProperties(
        @DefaultValue("1000") int most,
        @DefaultValue("10s") Duration headersWithin,
        @DefaultValue("20s") Duration bodyWithin,
        @DefaultValue("2MB") DataSize largestBody,
        @DefaultValue("64MB") DataSize allBodies) {

    private static final DataSize LARGEST_BUFFER = DataSize.ofMegabytes(512);

    ConnectionProperties {
        expect(most > 0, "most", "at least one", most);
        expect(headersWithin.toMillis() > 0, "headers-within", "some time", headersWithin);
        expect(bodyWithin.toMillis() > 0, "body-within", "some time", bodyWithin);
        boolean isBuffer = largestBody.toBytes() > 0 && largestBody.compareTo(LARGEST_BUFFER) <= 0;
        expect(isBuffer, "largest-body", "1B to 512MB", largestBody);
        expect(allBodies.compareTo(largestBody) >= 0, "all-bodies", "no less than largest-body", allBodies);
    }

    private static void expect(boolean holds, String key, String expected, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "tumorboard.connections.%s: expected %s, but got %s".formatted(key, expected, value));
        }
    }
}

package org.tumorboard.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.coyote.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Who has waited for longest, and what bodies take together. */
class ConnectionLimitsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final WaitingConnections<String> waiting = new WaitingConnections<>();

    @Test
    void bytesThatTrickleInBuyNoTime() {
        waiting.accepted("slow", 0);
        waiting.accepted("late", 5 * SECOND);
        waiting.headers("slow", 8 * SECOND);
        waiting.headers("slow", 9 * SECOND);

        assertThat(waiting.longestFirst()).containsExactly("slow", "late");
        assertThat(waiting.overdue(Duration.ofSeconds(10), 10 * SECOND)).isEmpty();
        assertThat(waiting.overdue(Duration.ofSeconds(10), 11 * SECOND)).containsExactly("slow");
    }

    @Test
    void whoeverWasServedWaitsAnewAndHasNoHurryBetweenRequests() {
        waiting.accepted("browser", 0);
        waiting.accepted("other", SECOND);
        waiting.idle("browser", 2 * SECOND);

        assertThat(waiting.longestFirst()).containsExactly("other", "browser");
        assertThat(waiting.overdue(Duration.ofSeconds(10), 60 * SECOND)).containsExactly("other");

        waiting.headers("browser", 60 * SECOND);
        assertThat(waiting.overdue(Duration.ofSeconds(10), 69 * SECOND)).containsExactly("other");
        assertThat(waiting.overdue(Duration.ofSeconds(10), 71 * SECOND)).containsExactly("other", "browser");
    }

    @Test
    void aBodyKeepsThePlaceOfItsConnection() {
        waiting.accepted("sender", 0);
        waiting.accepted("other", SECOND);
        waiting.body("sender", 5 * SECOND);

        assertThat(waiting.longestFirst()).containsExactly("sender", "other");
        assertThat(waiting.overdue(Duration.ofSeconds(10), 60 * SECOND)).containsExactly("other");
    }

    @Test
    void whatIsServedOrClosedDoesNotWait() {
        waiting.accepted("sender", 0);
        waiting.gone("sender");

        assertThat(waiting.holds("sender")).isFalse();
        assertThat(waiting.longestFirst()).isEmpty();
    }

    @Test
    void theBodyThatIsAwaitedLongestLosesItsPlace() {
        BodyMemory memory = new BodyMemory(100);
        AwaitedBody first = awaited(memory);
        AwaitedBody second = awaited(memory);

        assertThat(memory.add(first, ByteBuffer.allocate(60))).isTrue();
        assertThat(memory.add(second, ByteBuffer.allocate(60))).isTrue();

        assertThat(memory.add(first, ByteBuffer.allocate(1))).isFalse();
        assertThat(memory.complete(first))
                .as("a body that lost its bytes is not served")
                .isFalse();
        assertThat(memory.complete(second)).isTrue();
    }

    @Test
    void bodiesInServiceKeepTheirBytes() {
        BodyMemory memory = new BodyMemory(100);
        AwaitedBody served = awaited(memory);
        memory.add(served, ByteBuffer.allocate(60));
        memory.complete(served);
        AwaitedBody next = awaited(memory);

        assertThat(memory.add(next, ByteBuffer.allocate(60))).isFalse();
        memory.release(served);
        memory.release(served);
        assertThat(memory.add(next, ByteBuffer.allocate(100))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1s, 1s, 1, most",
        "1, 0s, 1s, 1, headers-within",
        "1, 1s, 0s, 1, body-within",
        "1, 1s, 1s, 0, largest-body",
        "1, 1s, 1s, 9, all-bodies"
    })
    void limitsThatLimitNothingAreRefused(int most, String headers, String body, long largest, String key) {
        assertThatThrownBy(() -> new ConnectionProperties(
                        most,
                        DurationStyle.detectAndParse(headers),
                        DurationStyle.detectAndParse(body),
                        DataSize.ofMegabytes(largest),
                        DataSize.ofMegabytes(8)))
                .hasMessageContaining("tumorboard.connections." + key + ": expected");
    }

    private static AwaitedBody awaited(BodyMemory memory) {
        AwaitedBody body = AwaitedBody.of(new Request());
        memory.await(body);
        return body;
    }
}

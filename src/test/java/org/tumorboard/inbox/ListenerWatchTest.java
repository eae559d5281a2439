package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.tumorboard.SettableClock;

/** A listener that died is started again, and given up when that does not help. */
class ListenerWatchTest {

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MessageListenerContainer container = mock();
    private final KafkaListenerEndpointRegistry listeners = mock();
    private ListenerWatch watch;

    @BeforeEach
    void aListenerThatDied() {
        when(listeners.getListenerContainer(InboxListener.ID)).thenReturn(container);
        watch = new ListenerWatch(listeners, clock, meters);
    }

    @Test
    void isGivenUpOnlyWhenStartingItAgainHasNotHelpedForMinutes() {
        doThrow(new IllegalStateException("no thread can be made"))
                .when(container)
                .start();

        watch.runOnce();
        clock.advance(Duration.ofSeconds(299));
        watch.runOnce();
        assertThat(watch.isGivenUp()).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(watch.isGivenUp()).isTrue();
        verify(container, times(2)).start();
        assertThat(meters.get("tumorboard.inbox.restarts").counter().count()).isEqualTo(2);
    }

    @Test
    void isForgottenOnceItRuns() {
        watch.runOnce();
        when(container.isRunning()).thenReturn(true);
        when(container.isInExpectedState()).thenReturn(true);
        clock.advance(Duration.ofMinutes(10));
        assertThat(watch.isGivenUp()).isFalse();

        watch.runOnce();
        when(container.isRunning()).thenReturn(false);
        when(container.isInExpectedState()).thenReturn(false);
        assertThat(watch.isGivenUp()).isFalse();
    }
}

package org.tumorboard.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a department counts as silent, and its events as delayed.
 *
 * @param atLeast a department that is quiet for less is never called silent, whatever its rhythm
 * @param over how far back its rhythm is learned
 * @param lateAfter how old the oldest event that was not taken yet may be
 */
@ConfigurationProperties("tumorboard.silence")
record SilenceProperties(
        @DefaultValue("4h") Duration atLeast,
        @DefaultValue("28d") Duration over,
        @DefaultValue("5m") Duration lateAfter) {}

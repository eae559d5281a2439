package org.tumorboard.pathway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clocks are watched.
 *
 * @param lateAfter an announcement this long after its threshold is marked late
 * @param selfCheckEvery how often the self-check looks for thresholds that are passed and not on record
 * @param overlookedAfter after how long without a record a threshold counts as overlooked
 */
@ConfigurationProperties("tumorboard.sla")
record SlaProperties(
        @DefaultValue("1m") Duration lateAfter,
        @DefaultValue("30s") Duration selfCheckEvery,
        @DefaultValue("15s") Duration overlookedAfter) {}

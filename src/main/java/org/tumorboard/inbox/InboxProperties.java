package org.tumorboard.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param group the consumer group that all nodes share
 * @param consumers listener threads of this node
 * @param partitions of each topic that is created at start; all inbound topics need the same number
 * @param replication of each topic that is created at start
 * @param firstBackOff wait before a batch is brought again after a fault that passes
 * @param longestBackOff up to which that wait doubles
 * @param waitingAtMost events of one department that may wait for one patient; more are refused
 * @param parkedForAtMost after which coordination is asked about a parked event
 */
@ConfigurationProperties("tumorboard.inbox")
record InboxProperties(
        @DefaultValue("tumorboard-engine") String group,
        @DefaultValue("2") int consumers,
        @DefaultValue("6") int partitions,
        @DefaultValue("1") short replication,
        @DefaultValue("200ms") Duration firstBackOff,
        @DefaultValue("10s") Duration longestBackOff,
        @DefaultValue("500") int waitingAtMost,
        @DefaultValue("24h") Duration parkedForAtMost) {

    InboxProperties {
        if (waitingAtMost < 1) {
            throw new IllegalArgumentException(
                    "tumorboard.inbox.waiting-at-most: expected at least 1, but got " + waitingAtMost);
        }
    }
}

package org.tumorboard.channel;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which departments get their notifications by mail or webhook besides their topic.
 *
 * @param address of our pages as departments reach them, for the links in mails; needed if there is a mail
 * @param giveUpAfter how long a delivery is tried before it is set aside
 * @param mails by department
 * @param webhooks by department
 */
@ConfigurationProperties("tumorboard.channels")
record ChannelProperties(
        @Nullable URI address,
        @DefaultValue("24h") Duration giveUpAfter,
        @DefaultValue Map<String, Mail> mails,
        @DefaultValue Map<String, Webhook> webhooks) {

    /**
     * @param from the sender
     * @param to the recipients
     * @param notifications the names of those to send
     */
    record Mail(
            String from,
            List<String> to,
            @DefaultValue({"work-requested", "acknowledgement-overdue", "sla-warning", "sla-breached"})
                    Set<String> notifications) {}

    /**
     * @param url takes a POST; https, or http on loopback
     * @param secret signs each message; at least 32 characters
     * @param notifications the names of those to send; all if empty
     */
    record Webhook(URI url, String secret, @DefaultValue Set<String> notifications) {

        /** Says where to, and keeps the secret to itself. */
        @Override
        public String toString() {
            return "Webhook[url=%s, notifications=%s]".formatted(url, notifications);
        }
    }
}

package org.tumorboard.channel;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;
import org.tumorboard.outbox.OutboundMessage;

/** The configured channels, checked once at start. */
@Component
final class Channels {

    private static final int SHORTEST_SECRET = 32;

    private final List<Channel> channels;

    Channels(ChannelProperties properties, ObjectProvider<JavaMailSender> mailServer, Clock clock) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        List<Channel> found = new ArrayList<>();
        properties.mails().forEach((name, mail) -> {
            Department department = department("mails", name);
            JavaMailSender sender = mailServer.getIfAvailable();
            check(sender != null, "spring.mail.host", "a mail server, as tumorboard.channels.mails names a department");
            check(properties.address() != null, "tumorboard.channels.address", "the address of our pages");
            check(!mail.to().isEmpty(), "tumorboard.channels.mails.%s.to".formatted(name), "a recipient");
            found.add(new Channel(
                    "mail:" + name,
                    department,
                    mail.notifications(),
                    new MailCarrier(sender, mail, department, properties.address())));
        });
        properties.webhooks().forEach((name, webhook) -> {
            String key = "tumorboard.channels.webhooks." + name;
            check(isSafe(webhook.url()), key + ".url", "https, or http on loopback");
            check(
                    webhook.secret() != null && webhook.secret().length() >= SHORTEST_SECRET,
                    key + ".secret",
                    "at least %d characters".formatted(SHORTEST_SECRET));
            found.add(new Channel(
                    "webhook:" + name,
                    department("webhooks", name),
                    webhook.notifications(),
                    new WebhookCarrier(http, webhook, clock)));
        });
        this.channels = List.copyOf(found);
    }

    List<Channel> all() {
        return channels;
    }

    /** Those that carry the message, too. */
    List<Channel> of(OutboundMessage message) {
        return channels.stream()
                .filter(channel -> Topics.notifications(channel.department()).equals(message.topic()))
                .filter(channel -> channel.carries(message.type()))
                .toList();
    }

    private static Department department(String kind, String name) {
        Optional<Department> department = Department.of(name);
        check(department.isPresent(), "tumorboard.channels.%s.%s".formatted(kind, name), "the name of a department");
        return department.orElseThrow();
    }

    private static boolean isSafe(@Nullable URI url) {
        if (url == null || url.getHost() == null) {
            return false;
        }
        try {
            return "https".equals(url.getScheme())
                    || "http".equals(url.getScheme())
                            && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void check(boolean holds, String key, String expected) {
        if (!holds) {
            throw new IllegalStateException("%s: expected %s".formatted(key, expected));
        }
    }
}

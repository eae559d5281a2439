package org.tumorboard.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/**
 * Posts the notification as a structured CloudEvent, signed as Standard Webhooks says. The other side tells doubles by
 * {@code webhook-id}, which is the event's id.
 */
final class WebhookCarrier implements Carrier {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient http;
    private final ChannelProperties.Webhook webhook;
    private final WebhookSignature signature;
    private final Clock clock;

    WebhookCarrier(HttpClient http, ChannelProperties.Webhook webhook, Clock clock) {
        this.http = http;
        this.webhook = webhook;
        this.signature = new WebhookSignature(webhook.secret());
        this.clock = clock;
    }

    @Override
    public void carry(Delivery delivery) throws UndeliveredException {
        String body = event(delivery).toString();
        String id = delivery.messageId().toString();
        long now = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .timeout(LONGEST)
                .header("Content-Type", "application/cloudevents+json; charset=UTF-8")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", signature.of(id, now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                .build();
        int status = send(request);
        if (status >= 200 && status < 300) {
            return;
        }
        boolean isRefused = status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
        throw isRefused
                ? UndeliveredException.forGood("the webhook refused it with status " + status)
                : UndeliveredException.forNow("the webhook answered with status " + status);
    }

    private int send(HttpRequest request) throws UndeliveredException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw UndeliveredException.forNow(
                    "the webhook did not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UndeliveredException.forNow("the application stops");
        }
    }

    private static ObjectNode event(Delivery delivery) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", delivery.messageId().toString())
                .put("source", "urn:tumorboard:engine")
                .put("type", delivery.type())
                .put("subject", delivery.caseId().value())
                .put("time", delivery.occurredAt().toString())
                .put("recordedat", delivery.since().toString())
                .put("datacontenttype", "application/json");
        if (delivery.correlationId() != null) {
            event.put("correlationid", delivery.correlationId());
        }
        if (delivery.causationId() != null) {
            event.put("causationid", delivery.causationId());
        }
        event.set("data", delivery.payload());
        return event;
    }
}

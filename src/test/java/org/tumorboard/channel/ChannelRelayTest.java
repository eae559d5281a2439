package org.tumorboard.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;
import org.tumorboard.outbox.MessagesAdded;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.outbox.Outbox;

/** Mail and webhook of a department: in order, at least once, each for itself, and with no more than they may hold. */
@EngineTest
class ChannelRelayTest {

    private static final String SECRET = "a secret of thirty-two characters";
    private static final Instant NOW = Instant.parse("2025-03-05T11:00:00Z");

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    @Autowired
    SettableClock clock;

    private final String caseId = UUID.randomUUID().toString();
    private final List<Posted> posted = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private HttpServer hospital;
    private GreenMail mailServer;
    private Channel mail;
    private Channel webhook;
    private CopiesIntoChannels copies;
    private ChannelRelay relay;

    private record Posted(Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @BeforeEach
    void aHospitalThatListens() throws Exception {
        clock.set(NOW);
        hospital = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hospital.createContext("/", this::take);
        hospital.start();
        mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        jdbc.sql("delete from channel_delivery").update();
        ChannelProperties properties = new ChannelProperties(
                URI.create("https://board.example"),
                Duration.ofHours(24),
                Map.of(
                        "neurosurgery",
                        new ChannelProperties.Mail(
                                "board@hospital.example",
                                List.of("neurosurgery@hospital.example"),
                                Set.of("work-requested"))),
                Map.of("neurosurgery", hook(Set.of())));
        Channels channels = channels(properties, mailSender());
        mail = channels.all().get(0);
        webhook = channels.all().get(1);
        DeliveryTable deliveries = new DeliveryTable(jdbc, json);
        copies = new CopiesIntoChannels(channels, deliveries, clock);
        relay = new ChannelRelay(deliveries, properties, clock);
    }

    @AfterEach
    void theHospitalIsGone() {
        hospital.stop(0);
        mailServer.stop();
    }

    @Test
    void aMailHoldsShortCodeStepDueTimeAndLinkAndNothingElse() throws Exception {
        tell("work-requested", "complete-triage");
        tell("case-opened", "no-mail");

        assertThat(relay.runOnce(mail)).isOne();

        assertThat(mailServer.getReceivedMessages()).hasSize(1);
        var received = mailServer.getReceivedMessages()[0];
        String code = caseId.substring(caseId.length() - 8);
        assertThat(received.getSubject()).isEqualTo("Tumor board, case %s: complete triage".formatted(code));
        assertThat(received.getContent().toString().lines())
                .containsExactly(
                        "Case: " + code,
                        "Step: complete triage",
                        "Due: 5 Mar 2025 13:00 UTC",
                        "https://board.example/departments/neurosurgery");
    }

    @Test
    void aWebhookCarriesTheSignedCloudEvent() throws Exception {
        UUID id = tell("work-requested", "complete-triage");

        assertThat(relay.runOnce(webhook)).isOne();

        Posted request = posted.get(0);
        JsonNode event = json.readTree(request.body());
        assertThat(request.header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(event.path("id").asText()).isEqualTo(id.toString());
        assertThat(event.path("type").asText()).isEqualTo("org.tumorboard.notification.work-requested.v1");
        assertThat(event.path("subject").asText()).isEqualTo(caseId);
        assertThat(event.path("data").path("step").asText()).isEqualTo("complete-triage");
        assertThat(request.header("webhook-id")).isEqualTo(id.toString());
        assertThat(request.header("webhook-signature"))
                .isEqualTo("v1," + signed("%s.%d.%s".formatted(id, NOW.getEpochSecond(), request.body())));
    }

    @Test
    void whatFailsIsTriedAgainWithGrowingPausesAndKeepsItsPlace() {
        tell("work-requested", "first");
        tell("work-requested", "second");
        answers.addAll(List.of(503, 429));

        assertThat(relay.runOnce(webhook)).isZero();
        assertThat(relay.runOnce(webhook)).as("before its time").isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(relay.runOnce(webhook)).isZero();
        clock.advance(Duration.ofSeconds(3));
        assertThat(relay.runOnce(webhook)).as("the pause has doubled").isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(relay.runOnce(webhook)).isEqualTo(2);

        assertThat(steps()).containsExactly("first", "first", "first", "second");
        assertThat(posted.stream()
                        .limit(3)
                        .map(request -> request.header("webhook-id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whatIsRefusedIsSetAsideAndTheRestGoesOn() {
        tell("work-requested", "refused");
        tell("work-requested", "taken");
        answers.add(400);

        assertThat(relay.runOnce(webhook)).isOne();

        assertThat(steps()).containsExactly("refused", "taken");
        assertThat(setAside()).containsExactly("the webhook refused it with status 400");
        assertThat(relay.runOnce(webhook)).isZero();
    }

    @Test
    void whatNobodyTakesForADayIsSetAside() {
        tell("work-requested", "first");
        answers.addAll(List.of(500, 500));

        relay.runOnce(webhook);
        clock.advance(Duration.ofHours(25));
        relay.runOnce(webhook);

        assertThat(setAside()).containsExactly("the webhook answered with status 500");
    }

    @Test
    void aChannelThatIsDownHoldsUpNoOther() {
        mailServer.stop();
        tell("work-requested", "complete-triage");

        assertThat(relay.runOnce(mail)).isZero();
        assertThat(relay.runOnce(webhook)).isOne();

        mailServer.start();
        mail = new Channel(mail.name(), mail.department(), mail.notifications(), mailCarrier());
        clock.advance(Duration.ofSeconds(2));
        assertThat(relay.runOnce(mail)).isOne();
    }

    @Test
    void whatIsRolledBackIsNeverCarried() {
        transaction.executeWithoutResult(status -> {
            add("work-requested", "never");
            status.setRollbackOnly();
        });

        assertThat(relay.runOnce(webhook)).isZero();
        assertThat(posted).isEmpty();
    }

    @Test
    void refusesChannelsThatCannotWork() {
        assertRefused(webhooks("neurosurgery", "http://hospital.example/hook", SECRET), "webhooks.neurosurgery.url");
        assertRefused(
                webhooks("neurosurgery", "https://hospital.example/hook", "short"), "webhooks.neurosurgery.secret");
        assertRefused(webhooks("dentistry", "https://hospital.example/hook", SECRET), "webhooks.dentistry");
        var mails = Map.of("ward", new ChannelProperties.Mail("a@b.example", List.of("c@d.example"), Set.of()));
        assertThatThrownBy(() -> channels(
                        new ChannelProperties(URI.create("https://x.example"), Duration.ofHours(1), mails, Map.of()),
                        null))
                .hasMessageStartingWith("spring.mail.host: expected a mail server");
        assertThatThrownBy(
                        () -> channels(new ChannelProperties(null, Duration.ofHours(1), mails, Map.of()), mailSender()))
                .hasMessageStartingWith("tumorboard.channels.address");
    }

    private void assertRefused(ChannelProperties properties, String key) {
        assertThatThrownBy(() -> channels(properties, null))
                .hasMessageStartingWith("tumorboard.channels." + key + ": expected");
    }

    private static ChannelProperties webhooks(String department, String url, String secret) {
        return new ChannelProperties(
                null,
                Duration.ofHours(1),
                Map.of(),
                Map.of(department, new ChannelProperties.Webhook(URI.create(url), secret, Set.of())));
    }

    private ChannelProperties.Webhook hook(Set<String> notifications) {
        return new ChannelProperties.Webhook(
                URI.create("http://127.0.0.1:%d/hook"
                        .formatted(hospital.getAddress().getPort())),
                SECRET,
                notifications);
    }

    private Channels channels(ChannelProperties properties, JavaMailSender sender) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (sender != null) {
            beans.addBean("mailSender", sender);
        }
        return new Channels(properties, beans.getBeanProvider(JavaMailSender.class), clock);
    }

    private MailCarrier mailCarrier() {
        return new MailCarrier(
                mailSender(),
                new ChannelProperties.Mail(
                        "board@hospital.example", List.of("neurosurgery@hospital.example"), Set.of()),
                Department.NEUROSURGERY,
                URI.create("https://board.example/"));
    }

    private JavaMailSender mailSender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(mailServer.getSmtp().getPort());
        return sender;
    }

    private UUID tell(String notification, String step) {
        return transaction.execute(status -> add(notification, step));
    }

    private UUID add(String notification, String step) {
        OutboundMessage message = new OutboundMessage(
                UUID.randomUUID(),
                Topics.notifications(Department.NEUROSURGERY),
                caseId,
                "org.tumorboard.notification.%s.v1".formatted(notification),
                NOW,
                null,
                null,
                null,
                json.createObjectNode()
                        .put("caseId", caseId)
                        .put("patientRef", "SYN-0001")
                        .put("step", step)
                        .put("dueAt", "2025-03-05T13:00:00Z"),
                null);
        outbox.add(List.of(message));
        Long place = jdbc.sql("select seq from outbox_message where message_id = ?")
                .param(message.messageId())
                .query(Long.class)
                .single();
        copies.copy(new MessagesAdded(List.of(message), Map.of(message.messageId(), place)));
        return message.messageId();
    }

    private synchronized void take(HttpExchange exchange) throws java.io.IOException {
        posted.add(new Posted(
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.pop(), -1);
        exchange.close();
    }

    private List<String> steps() {
        return posted.stream()
                .map(request -> read(request.body()).path("data").path("step").asText())
                .toList();
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> setAside() {
        return jdbc.sql("select complaint from channel_delivery where set_aside_at is not null and channel = ?")
                .param(webhook.name())
                .query(String.class)
                .list();
    }

    private static String signed(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }
}

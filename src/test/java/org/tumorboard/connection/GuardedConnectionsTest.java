package org.tumorboard.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.Ssl;
import org.springframework.util.unit.DataSize;
import org.tumorboard.deployment.Certificates;

/** Senders that take their time, or are many, keep nobody else out. The server has eight threads. */
@Timeout(90)
class GuardedConnectionsTest {

    private static final String GET = "GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Duration PROMPT = Duration.ofSeconds(5);

    private final ScheduledExecutorService trickling = Executors.newScheduledThreadPool(2);
    private final List<Sender> senders = new ArrayList<>();
    private Server server;

    @AfterEach
    void everythingIsClosed() throws IOException {
        trickling.shutdownNow();
        for (Sender sender : senders) {
            sender.close();
        }
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
    void slowBodiesKeepNobodyWaitingAndAreCut(String length) throws Exception {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(4));
        List<Sender> slow = connect(300);
        for (Sender sender : slow) {
            sender.send("POST /form HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n");
            trickle(sender, length.startsWith("Content") ? "a" : "1\r\na\r\n");
        }

        for (int time = 0; time < 5; time++) {
            assertServed();
            assertThat(postInPieces("/form")).contains("name=anna");
        }

        for (Sender sender : slow) {
            assertThat(sender.rest()).startsWith("HTTP/1.1 408").contains("did not come in time");
        }
        assertServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /quick HTTP/1.1\r\nHost: x\r\nX-Long: ", "GET /qu", "", "\r\n"})
    void slowHeadersAreCut(String begun) throws Exception {
        start(1_000, Duration.ofSeconds(2), Duration.ofSeconds(10));
        long since = System.nanoTime();
        Sender sender = connect(1).get(0).send(begun);
        trickle(sender, begun.isBlank() ? begun : "a");

        assertThat(sender.rest()).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }

    @Test
    void slowHeadersOfALaterRequestAreCut() throws Exception {
        start(1_000, Duration.ofSeconds(1), Duration.ofSeconds(10));
        Sender sender = connect(1).get(0);
        sender.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n").until("quick");
        sender.send("GET /quick HTTP/1.1\r\n");
        trickle(sender, "a");

        assertThat(sender.rest()).isEmpty();
    }

    @Test
    void aFloodOfConnectionsMakesRoomForWhoeverComes() throws Exception {
        start(200, Duration.ofSeconds(60), Duration.ofSeconds(60));
        Sender watching = connect(1).get(0);
        watching.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n").until("first");
        AsyncContext stream = server.stream();
        List<Sender> flood = connect(1_500);
        for (int each = 0; each < flood.size(); each++) {
            flood.get(each)
                    .trickle(
                            switch (each % 3) {
                                case 0 -> "";
                                case 1 -> "GET /qu";
                                default -> "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n";
                            });
        }

        assertServed();
        assertThat(postInPieces("/form")).contains("name=anna");

        assertThat(flood.get(0).rest()).isEmpty();
        assertThat(flood.get(1_000).rest()).isEmpty();
        stream.getResponse().getWriter().print("second");
        stream.complete();
        watching.until("second");
    }

    @Test
    void answersThatNobodyReadMakeRoomForOthers() throws Exception {
        start(1_000, Duration.ofSeconds(60), Duration.ofSeconds(60));
        for (Sender sender : connect(40)) {
            sender.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        for (int time = 0; time < 3; time++) {
            assertServed();
        }
    }

    @Test
    void aLargeAnswerIsReadToItsEndWhileThreadsAreFree() throws Exception {
        start(1_000, Duration.ofSeconds(60), Duration.ofSeconds(60));
        Sender sender = connect(1).get(0);
        sender.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(postInPieces("/echo")).contains("name=anna");

        assertThat(sender.rest()).hasSizeGreaterThan(20_000_000);
    }

    @Test
    void aLongAnswerIsNotCut() throws Exception {
        start(1_000, Duration.ofMillis(300), Duration.ofMillis(300));
        Sender watching = connect(1).get(0);
        watching.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n").until("first");
        AsyncContext stream = server.stream();

        // as long as others are cut that came later
        assertThat(connect(1).get(0).rest()).isEmpty();
        assertThat(connect(1).get(0).rest()).isEmpty();

        stream.getResponse().getWriter().print("second");
        stream.complete();
        watching.until("second");
        watching.send(GET);
        assertThat(watching.rest()).endsWith("quick");
    }

    @Test
    void bodiesThatComeInPiecesAreTheSame() throws Exception {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));
        byte[] large = new byte[2_000_000];
        new Random(7).nextBytes(large);

        assertThat(post("/echo", "Content-Length: 2000000\r\n", large))
                .contains("length=2000000 sum=" + Server.sum(large));
        assertThat(postInPieces("/echo")).contains("length=9", "name=anna");
        assertThat(postInPieces("/later")).contains("later=name=anna");
        assertThat(post("/echo", "Content-Length: 0\r\n", new byte[0])).contains("length=0");
        Sender chunked = connect(1).get(0);
        chunked.send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r");
        for (String piece : List.of("\nname=", "\r\n4\r\nan", "na\r\n0\r", "\n\r\n")) {
            assertServed();
            chunked.send(piece);
        }
        assertThat(chunked.rest()).endsWith("name=anna");
    }

    @Test
    void oneConnectionServesOneRequestAfterAnother() throws Exception {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));
        Sender sender = connect(1).get(0);
        String head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n";
        String chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

        for (int time = 0; time < 3; time++) {
            sender.send(head).send("name=");
            assertServed();
            sender.send("anna" + head + "name=otto" + chunked);
            sender.until("name=anna");
            sender.until("name=otto");
            sender.send("3\r\nabc\r\n0\r\n\r\n" + head + "name=paul");
            sender.until("length=3");
            sender.until("name=paul");
        }
        sender.send(GET);
        assertThat(sender.rest()).endsWith("quick");
    }

    @Test
    void whoAsksWhetherToGoOnIsTold() throws Exception {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));
        Sender sender = connect(1).get(0);

        sender.send("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        + "Content-Length: 9\r\n\r\n")
                .until("HTTP/1.1 100 \r\n\r\n");

        assertThat(sender.send("name=anna").rest())
                .startsWith("HTTP/1.1 200")
                .contains("name=anna")
                .doesNotContain(" 100 ");
    }

    @Test
    void whatIsTooLargeOrNoBodyIsRefused() throws Exception {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));

        assertThat(post("/echo", "Content-Length: 3000000\r\n", new byte[0])).startsWith("HTTP/1.1 413");
        Sender chunked = connect(1).get(0);
        chunked.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = new byte[100_000];
        boolean goesOn = true;
        for (int time = 0; time < 30 && goesOn; time++) {
            goesOn = chunked.trickle("186a0\r\n") && chunked.trickle(new String(chunk)) && chunked.trickle("\r\n");
        }
        assertThat(chunked.rest()).doesNotContain("200");
        assertThat(post("/echo", "Transfer-Encoding: chunked\r\n", "zz\r\n".getBytes()))
                .startsWith("HTTP/1.1 400");
        assertServed();
    }

    @Test
    void senderWhoGoesAwayIsForgotten() throws Exception {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));
        for (Sender sender : connect(50)) {
            sender.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nname");
            sender.close();
        }

        assertServed();
        assertThat(postInPieces("/echo")).contains("name=anna");
    }

    @Test
    void bodiesThatWaitLongestMakeRoomForOthers() throws Exception {
        server = new Server(new ConnectionProperties(
                1_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                DataSize.ofKilobytes(100),
                DataSize.ofKilobytes(200)));
        List<Sender> slow = connect(5);
        String head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n";
        for (Sender sender : slow) {
            sender.send(head).send(new byte[80_000]);
            assertServed();
        }

        assertThat(post("/echo", "Content-Length: 90000\r\n", new byte[90_000])).contains("length=90000");

        assertThat(slow.get(0).send("a").rest()).startsWith("HTTP/1.1 503");
    }

    @Test
    void overTlsTheSameHolds(@TempDir Path directory) throws Exception {
        Certificates certificates = Certificates.in(directory);
        Ssl ssl = new Ssl();
        ssl.setKeyStore(certificates.keyStore().toString());
        ssl.setKeyStorePassword(certificates.password());
        server = new Server(limits(1_000, Duration.ofSeconds(2), Duration.ofSeconds(2)), ssl);
        SSLContext trusting = trusting(certificates);

        Sender handshake = connect(1).get(0).send("\u0016\u0003\u0001\u0001");
        trickle(handshake, "\u0001");
        Sender slow = new Sender(trusting.getSocketFactory().createSocket("127.0.0.1", server.port()));
        senders.add(slow.send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"));
        trickle(slow, "a");
        Sender inPieces = new Sender(trusting.getSocketFactory().createSocket("127.0.0.1", server.port()));
        senders.add(inPieces.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100009\r\n\r\nname="));
        inPieces.send("anna").send(new byte[100_000]).until("length=100009");

        assertThat(slow.rest()).startsWith("HTTP/1.1 408");
        assertThat(handshake.rest()).doesNotContain("HTTP");
    }

    @Test
    void aBoundThatCouldNeverBeReachedStopsTheStart() {
        start(1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));

        assertThatThrownBy(() -> new Server(limits(9_000, Duration.ofSeconds(10), Duration.ofSeconds(20))))
                .hasRootCauseMessage(
                        "expected server.tomcat.max-connections above tumorboard.connections.most, 9000, but it is 8192");
    }

    /** Seeded: where the pieces end is chance. */
    @Test
    void manyAtOnceInPiecesAreEachAnsweredWithTheirOwn() throws Exception {
        start(1_000, Duration.ofSeconds(30), Duration.ofSeconds(30));
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Callable<Void>> posts = new ArrayList<>();
            for (int seed = 0; seed < 40; seed++) {
                Random random = new Random(seed);
                posts.add(() -> postOneAfterAnother(random));
            }
            for (Future<Void> post : threads.invokeAll(posts, 60, TimeUnit.SECONDS)) {
                post.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void postOneAfterAnother(Random random) throws IOException {
        try (Sender sender = server.connect()) {
            for (int time = 0; time < 25; time++) {
                byte[] body = new byte[random.nextInt(30_000)];
                random.nextBytes(body);
                byte[] request = request(body, random.nextBoolean());
                for (int from = 0; from < request.length; ) {
                    int to = Math.min(request.length, from + 1 + random.nextInt(12_000));
                    sender.send(Arrays.copyOfRange(request, from, to));
                    from = to;
                }
                sender.until("length=%d sum=%d ".formatted(body.length, Server.sum(body)));
            }
        }
        return null;
    }

    private static byte[] request(byte[] body, boolean isChunked) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length;
        all.writeBytes(("POST /echo HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n").getBytes(ISO_8859_1));
        if (isChunked && body.length > 0) {
            all.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
        }
        all.writeBytes(body);
        if (isChunked) {
            all.writeBytes((body.length > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n").getBytes(ISO_8859_1));
        }
        return all.toByteArray();
    }

    private void start(int most, Duration headersWithin, Duration bodyWithin) {
        server = new Server(limits(most, headersWithin, bodyWithin));
    }

    private static ConnectionProperties limits(int most, Duration headersWithin, Duration bodyWithin) {
        return new ConnectionProperties(
                most, headersWithin, bodyWithin, DataSize.ofMegabytes(2), DataSize.ofMegabytes(64));
    }

    private static SSLContext trusting(Certificates certificates) throws Exception {
        KeyStore known = KeyStore.getInstance(
                certificates.keyStore().toFile(), certificates.password().toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private List<Sender> connect(int many) throws IOException {
        List<Sender> connected = new ArrayList<>();
        for (int each = 0; each < many; each++) {
            connected.add(server.connect());
        }
        senders.addAll(connected);
        return connected;
    }

    private void trickle(Sender sender, String piece) {
        trickling.scheduleWithFixedDelay(() -> sender.trickle(piece), 250, 250, TimeUnit.MILLISECONDS);
    }

    private void assertServed() throws IOException {
        long since = System.nanoTime();
        try (Sender sender = server.connect()) {
            assertThat(sender.send(GET).rest()).startsWith("HTTP/1.1 200").endsWith("quick");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(PROMPT);
    }

    /** As a program may send it: first the headers, then the body, in two parts. */
    private String postInPieces(String path) throws IOException {
        try (Sender sender = server.connect()) {
            sender.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n");
            assertServed();
            sender.send("name=");
            assertServed();
            return sender.send("anna").rest();
        }
    }

    private String post(String path, String length, byte[] body) throws IOException {
        try (Sender sender = server.connect()) {
            return sender.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + length + "\r\n")
                    .send(body)
                    .rest();
        }
    }
}

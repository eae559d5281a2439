package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Requests, byte by byte, that no client would send. */
final class RawRequests {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final List<String> ADDRESSES = List.of(
            "/",
            "/?text=%00",
            "/?text=%zz",
            "/?page=abc",
            "/dashboard?period=%C3%28",
            "/api/cases?page=%",
            "/api/%2e%2e/");
    private static final List<String> HEADERS = List.of(
            "Accept: ;;;",
            "Accept: text/html;q=abc",
            "Accept-Language: " + "x-".repeat(1000),
            "Content-Type: ;;;",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: application/json; charset=\"",
            "Content-Type: application/json; charset=\"(\"",
            "Content-Type: application/x-www-form-urlencoded; charset=a/b",
            "Content-Type: application/cloudevents+json; charset='utf-8'",
            "Content-Encoding: gzip",
            "ce-id: \u0084\u009f",
            "ce-id: \u0001",
            "ce-id: %e9%zz",
            "Cookie: JSESSIONID=\u0080; =;;;",
            "Range: bytes=9-1,-,x",
            "If-Modified-Since: never",
            "X-Forwarded-For: ${jndi:ldap://127.0.0.1/x}",
            "No colon at all",
            "X-Large: " + "x".repeat(20_000));

    private RawRequests() {}

    static List<String> all(Random random) {
        String admin = "Authorization: Basic " + Base64.getEncoder().encodeToString("admin:test".getBytes(ISO_8859_1))
                + "\r\n";
        List<String> all = new ArrayList<>();
        for (String header : HEADERS) {
            for (String line : List.of(
                    "GET /api/cases",
                    "POST /api/events/radiology",
                    "POST /api/events/redrive",
                    "POST /operations/redrive",
                    "GET /login")) {
                String body = line.startsWith("POST") ? "--x\r\nContent-Disposition: y" : "";
                all.add("%s HTTP/1.1\r\nHost: x\r\n%s%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(line, admin, header, body.length(), body));
            }
        }
        for (String address : ADDRESSES) {
            all.add("GET %s HTTP/1.1\r\nHost: x\r\n%sConnection: close\r\n\r\n".formatted(address, admin));
        }
        all.add("POST /api/events/radiology HTTP/1.1\r\nHost: x\r\n" + admin
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");
        for (int noise = 0; noise < 20; noise++) {
            byte[] garbage = new byte[200];
            random.nextBytes(garbage);
            all.add(new String(garbage, ISO_8859_1) + "\r\n\r\n");
        }
        return all;
    }

    /** What comes back before the server closes the connection. */
    static String answer(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }
}

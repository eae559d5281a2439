package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A person's session as a browser holds it: cookies, and the tokens against forgery that pages carry. */
final class SignedIn {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String base;

    private SignedIn(int port) {
        base = "http://127.0.0.1:" + port;
    }

    static SignedIn as(String user, int port) throws IOException, InterruptedException {
        SignedIn person = new SignedIn(port);
        person.post("/login", person.token("/login"), Map.of("username", user, "password", "test"));
        return person;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of an answer as they come, until it ends. */
    HttpResponse<Stream<String>> lines(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofLines());
    }

    /** Sends a form with a token from the page at another path. */
    HttpResponse<String> send(String path, String tokenFrom, Map<String, String> fields)
            throws IOException, InterruptedException {
        return post(path, token(tokenFrom), fields);
    }

    HttpResponse<String> post(String path, String token, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = Stream.concat(fields.entrySet().stream(), Stream.of(Map.entry("_csrf", token)))
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return http.send(
                request(path)
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    void signOut() throws IOException, InterruptedException {
        send("/logout", "/dashboard", Map.of());
    }

    private String token(String path) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(path).body());
        if (!token.find()) {
            throw new IllegalStateException("expected a form with a token at " + path);
        }
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }
}

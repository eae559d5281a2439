package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;

/** What a sign-in with name and password withstands, and what a session does. */
@EngineTest
class SignInTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String TASKS = "/camunda/api/engine/engine/default/task/count";

    @LocalServerPort
    int port;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @Test
    void makesANewSessionOfWhicheverWasThereBefore() throws Exception {
        String before = token();
        String fixed = cookie("JSESSIONID").getValue();

        HttpResponse<String> answer = signIn("radiology", "test", before);

        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/"));
        assertThat(cookie("JSESSIONID").getValue()).isNotEqualTo(fixed);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Lax");
        assertThat(get("/dashboard").statusCode()).isEqualTo(200);
    }

    @Test
    void opensNoSessionThatCannotBeRecorded() throws Exception {
        String token = token();
        jdbc.sql("alter table audit_entry add constraint no_management check (person <> 'management') not valid")
                .update();
        try {
            assertThat(signIn("management", "test", token).statusCode()).isEqualTo(503);
            assertThat(basic("/api/cases", "management", "test").statusCode()).isEqualTo(503);
        } finally {
            jdbc.sql("alter table audit_entry drop constraint no_management").update();
        }

        assertThat(get("/dashboard").statusCode()).isEqualTo(302);
        assertThat(basic("/api/cases", "management", "test").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoSignInWithoutItsToken() throws Exception {
        token();

        assertThat(signIn("radiology", "test", "guessed").statusCode()).isEqualTo(403);
        assertThat(get("/dashboard").statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"form", "Basic"})
    void slowsDownGuessesAndDoesNotSayWhetherThereIsSuchAPerson(String way) throws Exception {
        String unknown = "nobody-" + UUID.randomUUID();
        for (int guess = 0; guess < 5; guess++) {
            HttpResponse<String> wrong = attempt(way, unknown, "guess-" + guess);
            assertThat(wrong.statusCode()).isEqualTo(way.equals("form") ? 302 : 401);
        }

        HttpResponse<String> tooEarly = attempt(way, unknown, "guess-5");

        assertThat(tooEarly.statusCode()).isEqualTo(429);
        assertThat(tooEarly.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(tooEarly.body()).contains("too many attempts to sign in");
        clock.advance(Duration.ofSeconds(1));
        assertThat(attempt(way, unknown, "guess-6").statusCode()).isNotEqualTo(429);
        assertThat(attempt(way, unknown, "guess-7").headers().firstValue("Retry-After"))
                .hasValue("2");
    }

    @Test
    void comparesOnlyTheFreeFewOfABurstOfGuesses() throws Exception {
        HttpRequest guess = HttpRequest.newBuilder(at("/api/cases"))
                .header("Authorization", basic("nobody-" + UUID.randomUUID(), "guess"))
                .build();

        List<CompletableFuture<HttpResponse<String>>> burst = IntStream.range(0, 120)
                .mapToObj(time -> http.sendAsync(guess, HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(burst)
                .extracting(answer -> answer.join().statusCode())
                .containsOnly(401, 429)
                .filteredOn(status -> status == 401)
                .hasSize(5);
    }

    @Test
    void letsSomebodyInForTheFirstTimeWhereManyGuessed() throws Exception {
        try {
            for (int guess = 0; guess < 60; guess++) {
                assertThat(basic("/api/cases", "invented-" + guess, "guess").statusCode())
                        .isEqualTo(401);
            }

            assertThat(basic("/api/cases", "neurosurgery", "test").statusCode()).isEqualTo(200);
            assertThat(signIn("neurosurgery", "test", token()).headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/"));
        } finally {
            clock.advance(Duration.ofMinutes(61));
        }
    }

    @Test
    void refusesTheRightPasswordTooWhileANameWaits() throws Exception {
        basic("/api/cases", "operations", "test");
        for (int guess = 0; guess < 5; guess++) {
            assertThat(basic("/api/cases", "operations", "guess").statusCode()).isEqualTo(401);
        }

        assertThat(basic("/api/cases", "operations", "test").statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(1));
        assertThat(basic("/api/cases", "operations", "test").statusCode()).isEqualTo(200);
        assertThat(basic("/api/cases", "operations", "test").statusCode()).isEqualTo(200);
    }

    @Test
    void holdsCamundasOwnRestToItsToken() throws Exception {
        openTasklist();
        assertThat(countTasks(cookie("XSRF-TOKEN").getValue()).statusCode()).isEqualTo(200);

        assertThat(countTasks("guessed").statusCode()).isEqualTo(403);
        openTasklist();
        assertThat(countTasks(null).statusCode()).isEqualTo(403);
    }

    private void openTasklist() throws Exception {
        signIn("coordination", "test", token());
        assertThat(get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/auth/user/default/login/tasklist"
            })
    void closesCamundasOwnWaysIn(String path) throws Exception {
        signIn("admin", "test", token());
        get("/camunda/app/tasklist/default/");
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN").getValue())
                .POST(HttpRequest.BodyPublishers.ofString("username=x&password=y"));

        HttpResponse<String> answer = send(request);

        assertThat(answer.headers().firstValue("X-XSRF-TOKEN")).isEmpty();
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void takesNoPasswordThatABrowserRemembersWithoutAToken() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at("/api/events/redrive"))
                .header("Authorization", basic("operations", "test"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"source\": \"x\", \"id\": \"y\"}"));

        assertThat(send(request.copy()).statusCode()).isEqualTo(404);
        assertThat(send(request.header("Sec-Fetch-Site", "cross-site")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsBrowsersWhatNotToDo() throws Exception {
        var headers = get("/login").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .endsWith("form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Permissions-Policy").orElseThrow()).contains("camera=()", "microphone=()");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }

    private HttpResponse<String> attempt(String way, String name, String password) throws Exception {
        return way.equals("form") ? signIn(name, password, token()) : basic("/api/cases", name, password);
    }

    private HttpResponse<String> signIn(String name, String password, String token) throws Exception {
        return post(
                "/login",
                "application/x-www-form-urlencoded",
                "username=%s&password=%s&_csrf=%s".formatted(name, password, URLEncoder.encode(token, UTF_8)));
    }

    private String token() throws Exception {
        Matcher token = TOKEN.matcher(get("/login").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> countTasks(String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(TASKS))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        return send(token == null ? request : request.header("X-XSRF-TOKEN", token));
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(HttpRequest.newBuilder(at(path))
                .header("Accept", "text/html")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)).header("Accept", "text/html, application/json"));
    }

    private HttpResponse<String> basic(String path, String name, String password) throws Exception {
        return send(HttpRequest.newBuilder(at(path)).header("Authorization", basic(name, password)));
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpCookie cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a cookie " + name));
    }
}

package org.tumorboard.pathway;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine's REST as Tasklist and Cockpit call it: with our session, and their own token against forgery. */
public final class Webapp {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String base;

    private Webapp(int port) {
        base = "http://127.0.0.1:" + port;
    }

    public static Webapp of(String user, int port) throws IOException, InterruptedException {
        Webapp webapp = new Webapp(port);
        webapp.form("/login", "/login", "username=%s&password=test".formatted(user));
        webapp.send(webapp.request("/camunda/app/tasklist/default/").build());
        return webapp;
    }

    /** Somebody tries to sign in with the wrong password. */
    static void refused(String user, int port) throws IOException, InterruptedException {
        new Webapp(port).form("/login", "/login", "username=%s&password=wrong".formatted(user));
    }

    /** Sends a form of our own pages, with the token from the page that shows it. */
    HttpResponse<String> form(String path, String page, String fields) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(send(request(page).build()).body());
        if (!token.find()) {
            throw new IllegalStateException("expected a form with a token at " + page);
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        fields + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                .build());
    }

    /** Asks below {@code /camunda/api/engine/engine/default}. */
    public HttpResponse<String> call(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body =
                json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        return send(request("/camunda/api/engine/engine/default" + path)
                .header("X-XSRF-TOKEN", token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body)
                .build());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return call("GET", path, "");
    }

    /** Tries to bring a model in. */
    HttpResponse<String> deploy(String model) throws IOException, InterruptedException {
        String part = "--part\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
        String body = part.formatted("deployment-name", "", "foreign")
                + part.formatted("foreign.bpmn", "; filename=\"foreign.bpmn\"", model) + "--part--\r\n";
        return send(request("/camunda/api/engine/engine/default/deployment/create")
                .header("X-XSRF-TOKEN", token())
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String token() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }
}

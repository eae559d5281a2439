package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.UriUtils;

/** Requests for a page or call, with hostile text wherever it takes any. */
final class HostileRequests {

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/cloudevents+json",
            "Application/CloudEvents+JSON;charset=utf-8",
            "application/cloudevents-batch+json",
            "application/x-www-form-urlencoded",
            "application/xml",
            "text/plain;charset=utf-16",
            "text/plain;charset=nonsense",
            "application/octet-stream");
    private static final List<String> ACCEPTED =
            List.of("text/html", "application/json", "text/csv", "*/*", "image/png");
    private static final String IDENTITY = "{\"source\":\"//x/radiology\",\"id\":\"%s\"}";

    private final HostileText text;
    private final Random random;

    HostileRequests(Random random) {
        this.random = random;
        this.text = new HostileText(random);
    }

    /** Where text can be put. */
    record Door(HttpMethod method, String pattern, List<String> parameters, List<String> headers) {

        static Door of(HttpMethod method, String pattern, HandlerMethod handler) {
            List<MethodParameter> taken = List.of(handler.getMethodParameters());
            return new Door(
                    method,
                    pattern,
                    taken.stream().flatMap(Door::parameters).toList(),
                    taken.stream()
                            .map(parameter -> parameter.getParameterAnnotation(RequestHeader.class))
                            .filter(header -> header != null)
                            .map(RequestHeader::name)
                            .toList());
        }

        private static Stream<String> parameters(MethodParameter parameter) {
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                String name = named.name();
                return Stream.of(name.isEmpty() ? parameter.getParameter().getName() : name);
            }
            RecordComponent[] fields = parameter.getParameterType().getRecordComponents();
            return fields == null ? Stream.empty() : Arrays.stream(fields).map(RecordComponent::getName);
        }
    }

    MockHttpServletRequestBuilder knock(Door door) {
        MockHttpServletRequestBuilder request =
                request(door.method(), address(door.pattern())).header("Accept", one(ACCEPTED));
        int few = 1 + random.nextInt(2);
        for (int each = 0; each < few && !door.parameters().isEmpty(); each++) {
            request.param(one(door.parameters()), text.any());
        }
        if (random.nextInt(5) == 0) {
            request.param(text.any() + "x", text.any(), text.any());
        }
        for (String header : door.headers()) {
            request.header(header, text.any());
        }
        if (random.nextInt(5) == 0) {
            request.header(one(List.of("X-Only", "Accept-Language", "If-None-Match", "Range", "Referer")), text.any());
        }
        if (door.method() == HttpMethod.POST) {
            ask(request);
        }
        return request;
    }

    private void ask(MockHttpServletRequestBuilder request) {
        request.header("Content-Type", one(TYPES)).content(body());
        if (random.nextBoolean()) {
            List.of("id", "source", "type", "time", "subject", "specversion", "traceparent", "x y")
                    .forEach(name -> request.header("ce-" + name, random.nextBoolean() ? "1.0" : text.any()));
            if (random.nextInt(4) == 0) {
                request.header("CE-Id", one(List.of("\"", "%FC", "twice")));
            }
        }
    }

    private byte[] body() {
        return switch (random.nextInt(8)) {
            case 0 -> text.garbage(random.nextInt(3000));
            case 1 -> new byte[2_000_000];
            case 2 -> IDENTITY.formatted(one(List.of("a\\u0000b", "\\ud800", "x".repeat(300_000))))
                    .getBytes(UTF_8);
            case 3 -> IDENTITY.formatted("x").getBytes(UTF_16);
            case 4 -> text.any().getBytes(UTF_8);
            default -> text.broken(IDENTITY.formatted("x"));
        };
    }

    private URI address(String pattern) {
        StringBuilder address = new StringBuilder();
        for (String part : pattern.split("(?=/)")) {
            boolean isOpen = part.contains("{");
            String known = part.contains("department") ? "radiology" : "nobody";
            address.append(isOpen ? "/" + (random.nextInt(3) == 0 ? known : encoded()) : part);
        }
        return URI.create("http://localhost" + address);
    }

    private String encoded() {
        String any = text.any();
        return UriUtils.encode(any.isEmpty() ? "-" : any, UTF_8);
    }

    private <T> T one(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }
}

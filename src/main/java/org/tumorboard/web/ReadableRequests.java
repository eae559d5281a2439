package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.tumorboard.event.StorableText;

/** Refuses, before any page or call is reached, text in a request that no database holds, and headers that are no text. */
@Component
final class ReadableRequests implements HandlerInterceptor, WebMvcConfigurer {

    private static final int LONGEST_NAME = 80;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod && request.getDispatcherType() != DispatcherType.ERROR) {
            readHeaders(request);
            parameters(request)
                    .forEach((name, values) ->
                            Arrays.stream(values).filter(Objects::nonNull).forEach(value -> read(name, value)));
            pathVariables(request).forEach((name, value) -> read(String.valueOf(name), String.valueOf(value)));
        }
        return true;
    }

    /** The firewall before us refuses a header only when somebody asks for it. */
    private static void readHeaders(HttpServletRequest request) {
        String reached = "header";
        try {
            for (String name : Collections.list(request.getHeaderNames())) {
                reached = name;
                Collections.list(request.getHeaders(name));
            }
        } catch (RuntimeException unreadable) {
            throw refused(reached);
        }
    }

    private static Map<String, String[]> parameters(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (RuntimeException unreadable) {
            throw refused("parameter");
        }
    }

    private static void read(String name, String value) {
        if (!StorableText.isStorable(name) || !StorableText.isStorable(value)) {
            throw refused(name);
        }
    }

    private static Map<?, ?> pathVariables(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? variables
                : Map.of();
    }

    private static ResponseStatusException refused(String field) {
        return new ResponseStatusException(
                HttpStatus.BAD_REQUEST,
                "%s: expected text, but it has characters that are none"
                        .formatted(StorableText.shown(new String(field.getBytes(UTF_8), UTF_8), LONGEST_NAME)));
    }
}

package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** Puts on record, before its first byte leaves, every list that is taken away as CSV. */
@ControllerAdvice
final class ExportsOnRecord implements ResponseBodyAdvice<Object> {

    private static final String CASE = "caseId";

    /** What is searched for may be a patient's pseudonym, which the trail must not hold. */
    private static final String SEARCHED = "text";

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

    private final PersonalDeeds deeds;

    ExportsOnRecord(PersonalDeeds deeds) {
        this.deeds = deeds;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return converter.equals(CsvConverter.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        record(((ServletServerHttpRequest) request).getServletRequest(), "csv");
        return body;
    }

    /**
     * @param form in which it is taken away
     */
    void record(HttpServletRequest request, String form) {
        deeds.did(Deed.EXPORTED, caseOf(request), form + " " + subject(request));
    }

    /** The path, and what was asked for as far as it is a code. */
    private static String subject(HttpServletRequest request) {
        StringJoiner subject = new StringJoiner(" ");
        subject.add(request.getRequestURI().substring(request.getContextPath().length()));
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("format") && !name.equals(CASE) && !values[0].isEmpty()) {
                subject.add(code(name) + "=" + (name.equals(SEARCHED) ? "?" : code(values[0])));
            }
        });
        return subject.toString();
    }

    private static String code(String text) {
        return CODE.matcher(text).matches() ? text : "?";
    }

    private static @Nullable CaseId caseOf(HttpServletRequest request) {
        Object places = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object named = places instanceof Map<?, ?> variables ? variables.get(CASE) : null;
        String caseId = named == null ? request.getParameter(CASE) : named.toString();
        return caseId != null && CaseId.isOne(caseId.strip()) ? new CaseId(caseId.strip()) : null;
    }
}

package org.tumorboard.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.tumorboard.event.Department;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.EventFilter;

/**
 * Which events somebody asks for, as text. Empty means all.
 *
 * @param text part of the id of their case, or of the patient's pseudonym
 */
record EventsAsked(@Nullable String outcome, @Nullable String department, @Nullable String text) {

    /**
     * @throws UnknownValueException naming the field and what it may be
     */
    EventFilter filter() {
        return new EventFilter(
                known("outcome", outcome, Outcome.values(), Outcome::name),
                known("department", department, Department.values(), Department::slug),
                text == null || text.isBlank() ? null : text.strip());
    }

    private static <T> @Nullable T known(String field, @Nullable String asked, T[] allowed, Function<T, String> name) {
        if (asked == null || asked.isBlank()) {
            return null;
        }
        return Arrays.stream(allowed)
                .filter(one -> name.apply(one).equals(asked.strip()))
                .findFirst()
                .orElseThrow(() -> new UnknownValueException(
                        field, Arrays.stream(allowed).map(name).toList(), asked));
    }

    /** An address that asks for the same. */
    public String link(String path) {
        return address(path).build().encode().toUriString();
    }

    public String page(String path, int page) {
        return address(path).queryParam("page", page).build().encode().toUriString();
    }

    public String csv(String path, int page) {
        return address(path)
                .queryParam("page", page)
                .queryParam("format", "csv")
                .build()
                .encode()
                .toUriString();
    }

    private UriComponentsBuilder address(String path) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("outcome", outcome);
        fields.put("department", department);
        fields.put("text", text);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        fields.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                address.queryParam(name, value);
            }
        });
        return address;
    }
}

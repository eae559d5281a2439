package org.tumorboard.web;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Links from a piece of a long list to others, with the same query otherwise. */
record PageLinks(@Nullable String query) {

    public String page(String path, int page) {
        return path + "?" + with("page=" + page);
    }

    /** The piece that is shown, as CSV. */
    public String csv(String path, int page) {
        return path + "?" + with("page=" + page, "format=csv");
    }

    public String wholeAsCsv(String path) {
        return path + "?" + with("page=all", "format=csv");
    }

    private String with(String... added) {
        Stream<String> asked = query == null
                ? Stream.empty()
                : Arrays.stream(query.split("&"))
                        .filter(part -> !part.isEmpty() && !part.startsWith("page=") && !part.startsWith("format="));
        return Stream.concat(asked, Arrays.stream(added)).collect(Collectors.joining("&"));
    }
}

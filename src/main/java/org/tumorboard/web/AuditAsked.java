package org.tumorboard.web;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import org.tumorboard.audit.AuditFilter;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.StorableText;

/**
 * What a request for the audit trail asks for, as text. Empty means all.
 *
 * @param from an instant, or a date or a time without a zone, in UTC
 * @param to likewise; not part of what is shown
 * @param before the number at which an earlier piece ended
 * @param limit how many entries at the most
 */
record AuditAsked(
        @Nullable String caseId,
        @Nullable String person,
        @Nullable String deed,
        @Nullable String from,
        @Nullable String to,
        @Nullable String before,
        @Nullable String limit) {

    /**
     * @throws ResponseStatusException naming the field and what it may be
     */
    AuditFilter filter() {
        return new AuditFilter(
                read("caseId", caseId, "the id of a case", CaseId::new),
                read("person", person, "a name", Function.identity()),
                knownDeed(),
                read("from", from, "an instant, or a date or time in UTC", AuditAsked::instant),
                read("to", to, "an instant, or a date or time in UTC", AuditAsked::instant));
    }

    @Nullable
    Long numberBefore() {
        return read("before", before, "the number of an entry", Long::valueOf);
    }

    /** How many entries, from 1. */
    int limit(int usual, int most) {
        Integer asked = read("limit", limit, "a number from 1 to %,d".formatted(most), text -> {
            int number = Integer.parseInt(text);
            if (number < 1 || number > most) {
                throw new IllegalArgumentException();
            }
            return number;
        });
        return asked == null ? usual : asked;
    }

    private @Nullable Deed knownDeed() {
        try {
            return deed == null || deed.isBlank() ? null : Deed.valueOf(deed.strip());
        } catch (IllegalArgumentException e) {
            throw new UnknownValueException("deed", List.of(Deed.values()), deed);
        }
    }

    private static <T> @Nullable T read(
            String field, @Nullable String text, String expected, Function<String, T> reading) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return reading.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "%s: expected %s, but got '%s'".formatted(field, expected, StorableText.shown(text, 80)));
        }
    }

    private static Instant instant(String text) {
        if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return StorableTime.checked(LocalDate.parse(text).atStartOfDay(UTC).toInstant());
        }
        boolean hasNoZone = text.matches("[^Tt]+[Tt][^Zz+-]+");
        return StorableTime.checked(
                hasNoZone
                        ? LocalDateTime.parse(text).toInstant(UTC)
                        : OffsetDateTime.parse(text).toInstant());
    }

    /** An address that asks for the same, from the newest entry on. */
    public String link(String path) {
        return address(path, null).build().encode().toUriString();
    }

    /** An address that asks for the same, as CSV. */
    public String csv(String path) {
        return address(path, null).queryParam("format", "csv").build().encode().toUriString();
    }

    /** An address that asks for what comes before an entry. */
    public String older(String path, long number) {
        return address(path, number).build().encode().toUriString();
    }

    private UriComponentsBuilder address(String path, @Nullable Long number) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("caseId", caseId);
        fields.put("person", person);
        fields.put("deed", deed);
        fields.put("from", from);
        fields.put("to", to);
        fields.put("limit", limit);
        fields.put("before", number);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        fields.forEach((name, value) -> {
            if (value != null && !value.toString().isBlank()) {
                address.queryParam(name, value);
            }
        });
        return address;
    }
}

package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** Writes lists of records as CSV (RFC 4180), a column for each component, for whoever asks for {@code text/csv}. */
@Component
final class CsvConverter extends AbstractHttpMessageConverter<Object> {

    private static final MediaType CSV = new MediaType("text", "csv", UTF_8);

    CsvConverter() {
        super(CSV);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return Page.class.equals(type) || List.class.isAssignableFrom(type);
    }

    @Override
    public boolean canRead(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage input) throws HttpMessageNotReadableException {
        throw new UnsupportedOperationException("CSV is only written");
    }

    @Override
    protected void writeInternal(Object list, HttpOutputMessage output) throws IOException {
        List<?> rows = list instanceof Page<?> page ? page.items() : (List<?>) list;
        Writer out = new OutputStreamWriter(output.getBody(), UTF_8);
        if (!rows.isEmpty()) {
            RecordComponent[] columns = rows.get(0).getClass().getRecordComponents();
            out.write(line(Arrays.stream(columns).map(RecordComponent::getName)));
            for (Object row : rows) {
                out.write(line(Arrays.stream(columns).map(column -> text(value(row, column)))));
            }
        }
        out.flush();
    }

    private static String line(Stream<String> cells) {
        return cells.map(CsvConverter::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static Object value(Object row, RecordComponent column) {
        try {
            column.getAccessor().setAccessible(true);
            Object value = column.getAccessor().invoke(row);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected to read " + column, e);
        }
    }

    private static String text(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(Objects::toString).collect(Collectors.joining(" "))
                : value.toString();
    }

    /** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String quoted(String cell) {
        String safe = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}

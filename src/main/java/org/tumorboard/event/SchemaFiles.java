package org.tumorboard.event;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.DateFormat;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Reads the schemas of a folder. They are JSON Schema 2020-12 with keywords of our own, all of which begin with {@code x-};
 * patterns and formats take no more steps than a text is long.
 */
final class SchemaFiles {

    private static final String OWN_KEYWORD = "x-";

    /** Of a text that may be a date or a time. */
    private static final int LONGEST_TIME = 64;

    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .formats(List.of(bounded(new DateTimeFormat()), bounded(new DateFormat())))
            .unknownKeywordFactory((keyword, context) -> own(keyword))
            .build();

    static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            DIALECT,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .regularExpressionFactory(expression -> LinearPattern.of(expression)::isFoundIn)
                    .formatAssertionsEnabled(true)
                    .build()));

    private SchemaFiles() {}

    /** By the names of the files, without their suffix. */
    static Map<String, Schema> in(String folder) {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "/*.json");
            ObjectMapper json = new ObjectMapper();
            return Arrays.stream(files)
                    .collect(toUnmodifiableMap(
                            file -> file.getFilename().replace(".json", ""),
                            file -> REGISTRY.getSchema(tree(json, file))));
        } catch (IOException e) {
            throw new UncheckedIOException("expected the schemas under " + folder, e);
        }
    }

    private static JsonNode tree(ObjectMapper json, Resource file) {
        try (var in = file.getInputStream()) {
            return json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("expected JSON in " + file, e);
        }
    }

    private static NonValidationKeyword own(String keyword) {
        if (!keyword.startsWith(OWN_KEYWORD)) {
            throw new IllegalStateException(
                    "expected a keyword of JSON Schema 2020-12, or one that begins with %s, but got '%s'"
                            .formatted(OWN_KEYWORD, keyword));
        }
        return new NonValidationKeyword(keyword);
    }

    private static Format bounded(Format format) {
        return new Format() {

            @Override
            public String getName() {
                return format.getName();
            }

            @Override
            public String getMessageKey() {
                return format.getMessageKey();
            }

            @Override
            public boolean matches(ExecutionContext context, String text) {
                return text.length() <= LONGEST_TIME && format.matches(context, text);
            }
        };
    }
}

package org.tumorboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Writes down after each class of engine tests which elements of the models were passed so far: left again, other than by
 * being cancelled. What a walk passed at random counts not. An end event never waits: it is passed even if what it throws
 * cancels the level on which it stands.
 */
public final class PassedElements implements AfterAllCallback {

    private static final Path RECORDS = Path.of("target/passed-elements");

    private record Passed(String process, String element) {

        static Passed of(String line) {
            String[] words = line.split(" ");
            return new Passed(words[0], words[1]);
        }

        String line() {
            return process + " " + element;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        List<String> lines = SpringExtension.getApplicationContext(context)
                .getBean(JdbcClient.class)
                .sql(
                        """
                        select distinct a.proc_def_key_, a.act_id_ from act_hi_actinst a
                        join act_hi_procinst p on p.id_ = a.proc_inst_id_
                        left join tumor_case c on c.case_id = p.business_key_
                        where a.end_time_ is not null and (a.act_inst_state_ <> 2 or a.act_type_ like '%EndEvent')
                          and coalesce(c.patient_ref, '') not like 'WLK-%'
                        """)
                .query((row, number) -> new Passed(row.getString(1), row.getString(2)).line())
                .list();
        Files.createDirectories(RECORDS);
        Files.write(record(context.getRequiredTestClass()), lines);
    }

    /** The record of a class of tests; there once the class has come to its end. */
    public static Path record(Class<?> test) {
        return RECORDS.resolve(test.getName());
    }

    /** By process what all classes together have passed. */
    public static Map<String, Set<String>> byProcess() {
        try (Stream<Path> records = Files.list(RECORDS)) {
            return records.flatMap(PassedElements::lines)
                    .map(Passed::of)
                    .collect(groupingBy(Passed::process, mapping(Passed::element, toSet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path record) {
        try {
            return Files.readAllLines(record).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

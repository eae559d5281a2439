package org.tumorboard.inbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PatientRef;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.event.UuidText;

/**
 * Erases one patient's pseudonym, and those that were merged with it, from every table. In its place stands a token that
 * says nothing, so that cases, clocks and figures stay; an event that names the pseudonym later is one of an unknown
 * patient. What stands on Kafka's topics ends with their own retention.
 */
@Component
public final class PatientErasure {

    /** What a pseudonym begins with in whose place nothing but a token stands. */
    static final String ERASED = "ERASED-";

    private static final Logger LOG = LoggerFactory.getLogger(PatientErasure.class);

    private final JdbcClient jdbc;
    private final TextColumns columns;
    private final PersonalDeeds deeds;
    private final TransactionTemplate transaction;
    private final JdbcTemplate connection;

    PatientErasure(
            JdbcClient jdbc,
            TextColumns columns,
            PersonalDeeds deeds,
            TransactionTemplate transaction,
            JdbcTemplate connection) {
        this.connection = connection;
        this.jdbc = jdbc;
        this.columns = columns;
        this.deeds = deeds;
        this.transaction = transaction;
    }

    /** What came of asking. */
    public sealed interface Result {

        /**
         * Nothing was done yet, or all of it.
         *
         * @param cases of the patient, all ended
         * @param tables how many rows of which tables hold, or held, the pseudonym
         * @param pseudonyms this one and those merged with it
         */
        record Found(List<CaseId> cases, Map<String, Long> tables, int pseudonyms, boolean erased) implements Result {

            public long rows() {
                return tables.values().stream().mapToLong(Long::longValue).sum();
            }
        }

        /** Refused: these cases have not ended. */
        record StillOpen(List<CaseId> cases) implements Result {}

        /** No row holds it. */
        record Unknown() implements Result {}
    }

    private record PatientCase(CaseId caseId, boolean isOpen) {}

    /** Whether a text can be a pseudonym at all. */
    public static boolean isPseudonym(String text) {
        return PatientRef.isOne(text);
    }

    /** Says what would be erased. */
    public Result look(String pseudonym) {
        return inOne(pseudonym, null);
    }

    /**
     * Erases, if as many rows hold the pseudonym as whoever asks has been told; else says how many do now.
     *
     * @param rows as {@link Result.Found#rows()} said
     */
    public Result erase(String pseudonym, long rows) {
        return inOne(pseudonym, rows);
    }

    private Result inOne(String pseudonym, @Nullable Long confirmed) {
        return Objects.requireNonNull(transaction.execute(status -> {
            waitForWholeTables();
            List<String> names = UuidText.spellings(UuidText.canonical(pseudonym)).stream()
                    .flatMap(spelling -> merged(spelling).stream())
                    .distinct()
                    .toList();
            List<PatientCase> cases = lock(names);
            List<CaseId> open = cases.stream()
                    .filter(PatientCase::isOpen)
                    .map(PatientCase::caseId)
                    .toList();
            if (!open.isEmpty()) {
                return new Result.StillOpen(open);
            }
            Map<String, Long> tables = new LinkedHashMap<>();
            names.forEach(name -> columns.holding(name).forEach((table, rows) -> tables.merge(table, rows, Long::sum)));
            if (tables.isEmpty()) {
                return new Result.Unknown();
            }
            List<CaseId> ended = cases.stream().map(PatientCase::caseId).toList();
            var found = new Result.Found(ended, tables, names.size(), false);
            return confirmed == null || confirmed != found.rows() ? found : erase(names, found);
        }));
    }

    /** Reading a large table takes longer than a database that is there may else be silent. */
    private void waitForWholeTables() {
        connection.execute((ConnectionCallback<Void>) session -> {
            session.setNetworkTimeout(Runnable::run, 0);
            return null;
        });
    }

    private Result erase(List<String> names, Result.Found found) {
        forgetDigests(names);
        names.forEach(name -> columns.replace(name, ERASED + UUID.randomUUID()));
        String how =
                "%d rows of %d tables".formatted(found.rows(), found.tables().size());
        if (found.cases().isEmpty()) {
            deeds.did(Deed.ERASED_PATIENT, null, how);
        }
        found.cases().forEach(caseId -> deeds.did(Deed.ERASED_PATIENT, caseId, how));
        LOG.info("a pseudonym was erased from {}; cases {}", how, found.cases());
        return new Result.Found(found.cases(), found.tables(), found.pseudonyms(), true);
    }

    /** Whoever has the key could try which content a digest was made of. */
    private void forgetDigests(List<String> names) {
        jdbc.sql("update inbox_event set content_digest = null where patient_ref = any(?)")
                .param(names.toArray(String[]::new))
                .update();
    }

    /** A merge says that two pseudonyms are one patient, whichever survived. */
    private List<String> merged(String pseudonym) {
        return jdbc.sql(
                        """
                        with recursive same (ref) as (
                          select cast(:name as text)
                          union
                          select case when a.patient_ref = s.ref then a.surviving_ref else a.patient_ref end
                          from same s join patient_alias a on s.ref in (a.patient_ref, a.surviving_ref))
                        select ref from same order by ref
                        """)
                .param("name", pseudonym)
                .query(String.class)
                .list();
    }

    private List<PatientCase> lock(List<String> names) {
        return jdbc.sql(
                        """
                        select case_id, closed_at is null as is_open from tumor_case where patient_ref = any(:names)
                        order by case_id for update
                        """)
                .param("names", names.toArray(String[]::new))
                .query((row, number) -> new PatientCase(new CaseId(row.getString(1)), row.getBoolean(2)))
                .list();
    }
}

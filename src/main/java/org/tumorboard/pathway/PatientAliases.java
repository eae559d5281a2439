package org.tumorboard.pathway;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.UuidText;

/** The pseudonyms that were given up for others. */
@Component
public final class PatientAliases {

    private static final String COLUMNS =
            "patient_ref, surviving_ref, case_id, merged_at, recorded_at, reason, confirmed_by, confirmed_also";

    private final JdbcClient jdbc;

    PatientAliases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(PatientAlias alias) {
        jdbc.sql("insert into patient_alias (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        alias.patientRef(),
                        alias.survivingRef(),
                        alias.caseId().value(),
                        Timestamp.from(alias.mergedAt()),
                        Timestamp.from(alias.recordedAt()),
                        alias.reason(),
                        alias.confirmedBy(),
                        alias.confirmedAlso())
                .update();
    }

    /**
     * Of these pseudonyms, those under which no case runs: the surviving one where it was given up, and the one in capitals
     * where a patient is known by that since before UUIDs had one spelling.
     */
    Map<String, String> survivors(Collection<String> patients) {
        Map<String, String> spelled = inCapitals(patients);
        Set<String> asked = new HashSet<>(patients);
        asked.addAll(spelled.values());
        Map<String, String> survivors = new HashMap<>(ofGivenUp(asked));
        spelled.forEach(
                (patient, capitals) -> survivors.putIfAbsent(patient, survivors.getOrDefault(capitals, capitals)));
        survivors.keySet().retainAll(patients);
        return survivors;
    }

    private Map<String, String> inCapitals(Collection<String> patients) {
        Map<String, String> capitals = new HashMap<>();
        patients.stream()
                .filter(UuidText::isOne)
                .filter(patient -> !patient.equals(patient.toUpperCase(Locale.ROOT)))
                .forEach(patient -> capitals.put(patient.toUpperCase(Locale.ROOT), patient));
        return capitals.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select distinct patient_ref from tumor_case where patient_ref = any(?)")
                        .param(capitals.keySet().toArray(String[]::new))
                        .query(String.class)
                        .list()
                        .stream()
                        .collect(toMap(capitals::get, known -> known));
    }

    private Map<String, String> ofGivenUp(Collection<String> patients) {
        return jdbc
                .sql(
                        """
                        with recursive merged (patient_ref, surviving_ref) as (
                          select patient_ref, surviving_ref from patient_alias where patient_ref = any(:patients)
                          union
                          select m.patient_ref, a.surviving_ref from merged m
                          join patient_alias a on a.patient_ref = m.surviving_ref)
                        select patient_ref, surviving_ref from merged m
                        where not exists (select from patient_alias a where a.patient_ref = m.surviving_ref)
                        """)
                .param("patients", patients.toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    /** Under which pseudonyms the case ran before, oldest first. */
    public List<PatientAlias> of(CaseId caseId) {
        return jdbc.sql("select " + COLUMNS + " from patient_alias where case_id = ? order by recorded_at, patient_ref")
                .param(caseId.value())
                .query(PatientAliases::alias)
                .list();
    }

    private static PatientAlias alias(ResultSet row, int number) throws SQLException {
        return new PatientAlias(
                row.getString("patient_ref"),
                row.getString("surviving_ref"),
                new CaseId(row.getString("case_id")),
                row.getTimestamp("merged_at").toInstant(),
                row.getTimestamp("recorded_at").toInstant(),
                row.getString("reason"),
                row.getString("confirmed_by"),
                row.getString("confirmed_also"));
    }
}

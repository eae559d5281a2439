package org.tumorboard.pathway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** Timers and other work of the engine that failed on every try, and having it tried again. */
@Component
public final class JobIncidents {

    private static final int LONGEST_MESSAGE = 300;

    /**
     * An incident stands at the failed work and at each model that called its model: only the first counts. The message is
     * the last cause of the stack trace; that of the incident itself begins with the statement and ends before the cause.
     */
    private static final String SELECT =
            """
            select i.id_, i.incident_timestamp_, coalesce(i.failed_activity_id_, i.activity_id_) as element,
              i.proc_def_id_, i.configuration_ as job, p.business_key_,
              coalesce(substring(convert_from(b.bytes_, 'UTF8') from '.*Caused by: ([^\\n\\r]*)'), i.incident_msg_) as message
            from act_ru_incident i left join act_ru_execution p on p.id_ = i.proc_inst_id_
            left join act_ru_job j on j.id_ = i.configuration_
            left join act_ge_bytearray b on b.id_ = j.exception_stack_id_
            where i.incident_type_ = 'failedJob' and i.id_ = i.root_cause_incident_id_
            """;

    private final JdbcClient jdbc;
    private final Elements elements;
    private final ManagementService management;
    private final TransactionTemplate transaction;
    private final PersonalDeeds deeds;

    JobIncidents(
            JdbcClient jdbc,
            Elements elements,
            ManagementService management,
            TransactionTemplate transaction,
            PersonalDeeds deeds) {
        this.jdbc = jdbc;
        this.elements = elements;
        this.management = management;
        this.transaction = transaction;
        this.deeds = deeds;
    }

    /**
     * @param model the process it happened in; null for work that belongs to none
     * @param element the name of the element that failed, as far as its model says it
     * @param message why it failed, shortened
     * @param since when the last try failed
     */
    public record Incident(
            String id,
            @Nullable CaseId caseId,
            @Nullable String model,
            @Nullable String element,
            @Nullable String message,
            Instant since) {}

    private record Found(Incident incident, String job, @Nullable String elementId) {}

    /** The oldest first. */
    public List<Incident> list(int limit) {
        return jdbc
                .sql(SELECT + " order by i.incident_timestamp_, i.id_ limit :limit")
                .param("limit", limit)
                .query(this::found)
                .list()
                .stream()
                .map(Found::incident)
                .toList();
    }

    /**
     * Lets the engine try the work once more, at once if it is due; if it fails again, there is an incident again.
     *
     * @return empty if there is no such incident, or not any more
     */
    public Optional<Incident> retry(String id) {
        return transaction.execute(status -> {
            Optional<Found> found = jdbc.sql(SELECT + " and i.id_ = :id for update of i skip locked")
                    .param("id", id)
                    .query(this::found)
                    .optional();
            found.ifPresent(this::retry);
            return found.map(Found::incident);
        });
    }

    private void retry(Found found) {
        Incident incident = found.incident();
        deeds.did(
                Deed.RETRIED_WORK,
                incident.caseId(),
                found.elementId() == null ? incident.model() : incident.model() + " " + found.elementId());
        management.setJobRetries(found.job(), 1);
    }

    private Found found(ResultSet row, int number) throws SQLException {
        String definition = row.getString("proc_def_id_");
        String elementId = row.getString("element");
        String caseId = row.getString("business_key_");
        String message = row.getString("message");
        return new Found(
                new Incident(
                        row.getString("id_"),
                        caseId != null && CaseId.isOne(caseId) ? new CaseId(caseId) : null,
                        definition == null ? null : definition.substring(0, definition.indexOf(':')),
                        name(definition, elementId),
                        message == null ? null : shortened(message.replaceAll("\\s+", " ")),
                        row.getTimestamp("incident_timestamp_").toInstant()),
                row.getString("job"),
                elementId);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private @Nullable String name(@Nullable String definition, @Nullable String elementId) {
        if (definition == null || elementId == null) {
            return elementId;
        }
        Element element = elements.of(definition).get(elementId);
        return element == null ? elementId : element.name();
    }
}

package org.tumorboard.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.flow.Scene;

/** What is kept of UUIDs in capital letters since before there was one spelling is known under that one too. */
@EngineTest
class UuidsFromBeforeTest {

    private static final Instant DETECTED = Instant.parse("2026-06-15T08:00:00Z");

    @Autowired
    Scene scene;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aCaseOpenedInCapitalsGoesOnAndItsEventsStayDuplicates() {
        scene.resetTimeTo(DETECTED.plus(Duration.ofDays(1)));
        UUID caseId = UUID.randomUUID();
        UUID patient = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        List<SyntheticEvent> events = scene.urgentCase(DETECTED).throughTreatment();
        SyntheticEvent opening = of(events.get(0), id.toString(), patient, caseId);
        scene.said(opening);
        asItWasBefore(caseId, patient, id);

        SyntheticEvent triage = of(events.get(1), UUID.randomUUID().toString(), patient, caseId);
        SyntheticEvent again = of(events.get(0), id.toString().toUpperCase(Locale.ROOT), patient, caseId);
        scene.said(triage);
        scene.say(List.of(again));
        scene.awaitQuiet();
        assertThat(scene.outcome(triage)).isEqualTo("APPLIED");
        assertThat(scene.status(new CaseId(caseId.toString().toUpperCase(Locale.ROOT))))
                .isEqualTo("PREPARING");
        assertThat(jdbc.sql("select count(*) from inbox_event where id ilike ?")
                        .param(id.toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    /** Foreign keys hold the id of a case together, so they are let go for the moment. */
    private void asItWasBefore(UUID... uuids) {
        for (UUID uuid : uuids) {
            jdbc.sql(
                            """
                            do $$
                            declare place record; small text := '%s';
                            begin
                              set local session_replication_role = replica;
                              for place in
                                select table_name as t, column_name as c, data_type as type from information_schema.columns
                                join information_schema.tables using (table_schema, table_name)
                                where table_schema = current_schema() and table_type = 'BASE TABLE' and is_generated = 'NEVER'
                                  and table_name not like 'audit%%'
                                  and (data_type in ('text', 'jsonb') or data_type = 'ARRAY' and udt_name = '_text'
                                    or data_type = 'character varying' and character_maximum_length >= 36)
                              loop
                                if place.type = 'ARRAY' then
                                  execute format('update %%1$I set %%2$I = array_replace(%%2$I, %%3$L, %%4$L) where %%3$L = any(%%2$I)',
                                    place.t, place.c, small, upper(small));
                                elsif place.type = 'jsonb' then
                                  execute format(
                                    'update %%1$I set %%2$I = replace(%%2$I::text, %%3$L, %%4$L)::jsonb where %%2$I::text like %%5$L',
                                    place.t, place.c, small, upper(small), '%%' || small || '%%');
                                else
                                  execute format('update %%1$I set %%2$I = %%3$L where %%2$I = %%4$L',
                                    place.t, place.c, upper(small), small);
                                end if;
                              end loop;
                            end $$;
                            """
                                    .formatted(uuid))
                    .update();
        }
    }

    private static SyntheticEvent of(SyntheticEvent event, String id, UUID patient, UUID caseId) {
        ObjectNode data = event.data().deepCopy();
        data.put("patientRef", patient.toString());
        if (data.has("lesionRefs")) {
            data.putArray("lesionRefs").add(patient.toString());
        }
        return new SyntheticEvent(event.type(), id, patient.toString(), caseId.toString(), event.time(), data);
    }
}

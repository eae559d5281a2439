package org.tumorboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;
import org.tumorboard.flow.Scene;

/** What people do is on record, and whatever is done to the record is found. */
@EngineTest
class AuditTrailTest {

    @Autowired
    PersonalDeeds deeds;

    @Autowired
    Verification verification;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestRestTemplate http;

    @Autowired
    Scene scene;

    @Autowired
    Clock clock;

    @Test
    void recordsWhoReadACaseAndFromWhere() {
        List<SyntheticEvent> story = scene.urgentCase(clock.instant()).throughTreatment();
        scene.said(story.get(0));
        CaseId caseId = Scene.caseOf(story);

        http.withBasicAuth("radiology", "test").getForObject("/api/cases/" + caseId, JsonNode.class);

        assertThat(entriesOf(caseId)).containsExactly("READ_CASE radiology radiology 127.0.0.1 api");
    }

    @Test
    void recordsNothingOfWhatIsRolledBack() {
        long before = count();

        transaction.executeWithoutResult(status -> {
            deeds.did(Deed.COMPLETED_STEP, null, "Task_Nothing");
            status.setRollbackOnly();
        });

        assertThat(count()).isEqualTo(before);
        assertThat(verification.verify(null)).isInstanceOf(Verification.Result.Intact.class);
    }

    @Test
    void findsAChangedEntry() {
        assertFound(2, n -> sql("update audit_entry set person = 'somebody' where number = ?", n + 2), "not as it was");
    }

    @Test
    void findsAnEntryThatIsGone() {
        assertFound(2, n -> sql("delete from audit_entry where number = ?", n + 2), "is missing");
    }

    @Test
    void findsTwoEntriesThatChangedPlaces() {
        assertFound(
                2,
                n -> {
                    sql("update audit_entry set number = -1 where number = ?", n + 2);
                    sql("update audit_entry set number = number - 1 where number = ?", n + 3);
                    sql("update audit_entry set number = " + (n + 3) + " where number = ?", -1L);
                },
                "not as it was");
    }

    @Test
    void findsThatTheEndWasCutOff() {
        assertFound(3, n -> sql("delete from audit_entry where number >= ?", n + 3), "the trail ends with entry");
    }

    @Test
    void findsByWhatWasNotedThatTheEndWasRewrittenWithItsHead() {
        transaction.executeWithoutResult(status -> {
            long start = threeMore();
            Noted noted = Noted.parse(((Verification.Result.Intact) verify(null)).note());
            withoutTriggers(() -> {
                sql("delete from audit_entry where number >= ?", start + 2);
                sql(
                        "update audit_head h set number = e.number, hash = e.hash from audit_entry e where e.number = ?",
                        start + 1);
            });

            assertThat(verify(null)).isInstanceOf(Verification.Result.Intact.class);
            assertThat(verify(noted))
                    .isInstanceOfSatisfying(Verification.Result.Broken.class, broken -> assertThat(broken.number())
                            .isEqualTo(start + 2));
            status.setRollbackOnly();
        });
    }

    @Test
    void refusesToChangeDeleteOrEmptyTheTrail() {
        deeds.did(Deed.READ_CASE, null, "page");

        for (String attempt : List.of(
                "update audit_entry set person = 'nobody'", "delete from audit_entry", "truncate audit_entry")) {
            assertThatThrownBy(() -> jdbc.sql(attempt).update())
                    .as(attempt)
                    .hasStackTraceContaining("only ever added to");
        }
    }

    /** Tampers inside a transaction that is taken back, so that the trail of the other tests stays whole. */
    private void assertFound(int link, Consumer<Long> tampering, String reason) {
        transaction.executeWithoutResult(status -> {
            long start = threeMore();
            withoutTriggers(() -> tampering.accept(start));

            assertThat(verify(null)).isInstanceOfSatisfying(Verification.Result.Broken.class, broken -> {
                assertThat(broken.number()).isEqualTo(start + link);
                assertThat(broken.reason()).contains(reason);
            });
            status.setRollbackOnly();
        });
    }

    /** Three more entries, on record already. */
    private long threeMore() {
        long start = count();
        TransactionTemplate apart = new TransactionTemplate(transaction.getTransactionManager());
        apart.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        apart.executeWithoutResult(status -> {
            deeds.did(Deed.READ_CASE, new CaseId("one"), "page");
            deeds.did(Deed.SENT_EVENT, new CaseId("two"), "ward.neuro-status-recorded 1");
            deeds.did(Deed.READ_CASE, null, null);
        });
        return start;
    }

    private Verification.Result verify(Noted noted) {
        List<AuditEntry> entries = jdbc.sql("select %s from audit_entry order by number".formatted(AuditTable.COLUMNS))
                .query(AuditTable.ENTRY)
                .list();
        return Verification.verify(entries.iterator(), new AuditTable(jdbc).head(), noted);
    }

    private void withoutTriggers(Runnable work) {
        jdbc.sql("alter table audit_entry disable trigger user").update();
        work.run();
        jdbc.sql("alter table audit_entry enable trigger user").update();
    }

    private void sql(String statement, long number) {
        jdbc.sql(statement).param(number).update();
    }

    private long count() {
        return jdbc.sql("select count(*) from audit_entry").query(Long.class).single();
    }

    private List<String> entriesOf(CaseId caseId) {
        return jdbc.sql(
                        "select concat_ws(' ', deed, person, groups, origin, subject) from audit_entry where case_id = ? order by number")
                .param(caseId.value())
                .query(String.class)
                .list();
    }
}

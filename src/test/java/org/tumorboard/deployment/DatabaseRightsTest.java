package org.tumorboard.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.audit.Verification;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/**
 * The application, that of all tests in this package, works under a role that cannot touch what is on record. Cases, sign-in
 * and Kafka under this role are in the other tests.
 */
@HospitalTest
class DatabaseRightsTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PersonalDeeds deeds;

    @Autowired
    Verification verification;

    @Test
    void letTheApplicationAddToTheTrailAndCheckIt() {
        deeds.did(Deed.READ_CASE, new CaseId("rights"), "page");

        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo(OwnedDatabase.APPLICATION);
        assertThat(jdbc.sql("select count(*) from audit_entry where case_id = 'rights'")
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(verification.verify(null)).isInstanceOf(Verification.Result.Intact.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set person = 'nobody'",
                "delete from audit_entry",
                "truncate audit_entry",
                "delete from audit_head",
                "truncate audit_head",
                "insert into audit_head (is_row, number, hash) values (false, 0, '')",
                "drop trigger audit_entry_is_kept on audit_entry",
                "alter table audit_entry disable trigger user",
                "alter table audit_entry alter column person drop not null",
                "drop table audit_entry",
                "create trigger mine before insert on audit_entry for each row execute function audit_is_kept()",
                "create or replace function audit_is_kept() returns trigger language plpgsql as 'begin return old; end'",
                "create table mine (it text)",
                "update flyway_schema_history set success = false",
                "set session_replication_role = replica"
            })
    void keepTheApplicationFromWhatIsOnRecord(String attempt) {
        assertThatThrownBy(() -> jdbc.sql(attempt).update())
                .hasStackTraceContaining("ERROR")
                .satisfies(refused -> assertThat(refused.getCause().getMessage())
                        .containsAnyOf("permission denied", "must be owner"));
    }
}

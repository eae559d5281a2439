package org.tumorboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.EngineTest;

/** A change of the configuration is on record with the next start, and gives no secret away. */
@EngineTest
class ConfigurationWatchTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void tellsThatThereWasAFirstStart() {
        assertThat(jdbc.sql(
                                "select subject from audit_entry where deed = 'CHANGED_CONFIGURATION' order by number limit 1")
                        .query(String.class)
                        .single())
                .startsWith("first start: ");
        assertThat(jdbc.sql("select value from configuration_seen where name = 'table sla-policy'")
                        .query(String.class)
                        .single())
                .startsWith("version ");
    }

    @Test
    void tellsWhatWasAddedChangedAndTakenAway() {
        Map<String, String> parts = new HashMap<>(Map.of("model a", "version 1", "tumorboard.b", "11"));
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from configuration_seen").update();

            assertThat(start(parts)).singleElement().asString().startsWith("first start: 2 differ, 2 in all, ");
            assertThat(start(parts)).isEmpty();
            parts.put("model a", "version 2");
            parts.remove("tumorboard.b");
            parts.put("tumorboard.c", "set");
            assertThat(start(parts))
                    .containsExactly(
                            "model a: version 2, before version 1",
                            "tumorboard.b: none, before 11",
                            "tumorboard.c: set, before none");
            assertThat(start(parts)).isEmpty();
            status.setRollbackOnly();
        });
    }

    @Test
    void tellsSettingsByDigestsAndSecretsNotAtAll() {
        Map<String, String> settings = settings(Map.of(
                "tumorboard.inbox.consumers", "4",
                "spring.datasource.password", "letmein",
                "spring.datasource.url", "jdbc:postgresql://db/x?password=letmein",
                "tumorboard.channels.webhooks.ward.secret", "letmein",
                "tumorboard.security.users[0].password", "{bcrypt}$2a$10$abc",
                "user.home", "/root"));

        assertThat(settings.get("tumorboard.inbox.consumers")).matches("[0-9a-f]{16}");
        assertThat(settings.get("spring.datasource.password")).isEqualTo("set");
        assertThat(settings.get("spring.datasource.url")).isEqualTo("set");
        assertThat(settings.get("tumorboard.channels.webhooks.ward.secret")).isEqualTo("set");
        assertThat(settings.get("tumorboard.security.users[0].password")).matches("[0-9a-f]{16}");
        assertThat(settings).doesNotContainKey("user.home");
        assertThat(settings(Map.of("tumorboard.inbox.consumers", "5")).get("tumorboard.inbox.consumers"))
                .isNotEqualTo(settings.get("tumorboard.inbox.consumers"));
    }

    private static Map<String, String> settings(Map<String, Object> given) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        return new Settings(environment).parts();
    }

    private List<String> start(Map<String, String> parts) {
        List<String> told = new ArrayList<>();
        new ConfigurationWatch(
                        jdbc, transaction, (who, deed, caseId, subject) -> told.add(subject), List.of(() -> parts))
                .compare();
        return told;
    }
}

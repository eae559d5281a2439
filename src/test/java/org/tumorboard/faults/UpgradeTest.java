package org.tumorboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Scene;

/** The application of today starts on the database of an earlier one, and cases in every phase go on to their ends. */
@Tag("faults")
@EngineTest
@ContextConfiguration(initializers = FilledDatabase.class)
class UpgradeTest {

    private static final int AT_A_TIME = 50;

    @Autowired
    private Scene scene;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void casesOfAnEarlierVersionGoOnToTheirEnds() {
        assertThat(rows("select outcome || ' ' || count(*) from inbox_event group by outcome"))
                .as("what the earlier version has on record")
                .contains("APPLIED 1347");
        scene.resetTimeTo(FilledDatabase.BASE);

        tellInTheirOrder(FilledDatabase.events());
        scene.fireTimers();

        assertThat(
                        rows(
                                "select concat_ws(' ', type, id, reason) from inbox_event where outcome in ('FAILED', 'REFUSED')"))
                .isEmpty();
        assertThat(rows("select concat_ws(' ', activity_id_, incident_msg_) from act_ru_incident"))
                .isEmpty();
        assertThat(rows("select status || ' ' || count(*) from tumor_case group by status"))
                .as("as on a database that is new")
                .containsExactlyInAnyOrder(
                        "ALTERNATIVE_TREATMENT 1",
                        "COMPLETED 5",
                        "CONSENT_WITHDRAWN 1",
                        "COORDINATING 1",
                        "DECEASED 1",
                        "FOLLOW_UP 21",
                        "NOT_ELIGIBLE 1",
                        "RECEIVED 2",
                        "RE_ENTERED 2",
                        "WINDOW_MISSED 2");
    }

    /** Some at a time: told all at once, cases would hear some departments long before others. */
    private void tellInTheirOrder(List<SyntheticEvent> events) {
        List<SyntheticEvent> inOrder = events.stream()
                .sorted(Comparator.comparing(SyntheticEvent::time))
                .toList();
        for (int from = 0; from < inOrder.size(); from += AT_A_TIME) {
            scene.hasHappened(inOrder.subList(from, Math.min(from + AT_A_TIME, inOrder.size())));
        }
    }

    private List<String> rows(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}

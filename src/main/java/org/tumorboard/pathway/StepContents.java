package org.tumorboard.pathway;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said when steps were closed, at the end of its time. */
@Component
public final class StepContents {

    private final JdbcClient jdbc;

    StepContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Clears some of what was said before this instant in cases that have ended before it.
     *
     * @return how many rows, at most {@code atMost}
     */
    public int clear(Instant before, int atMost) {
        return jdbc.sql(
                        """
                        update step_closing set facts = '{}' where seq in (
                          select s.seq from step_closing s join tumor_case c using (case_id)
                          where s.facts <> '{}'::jsonb and s.closed_at < :before and c.closed_at < :before
                          order by s.closed_at limit :most for update of s skip locked)
                        """)
                .param("before", Timestamp.from(before))
                .param("most", atMost)
                .update();
    }
}

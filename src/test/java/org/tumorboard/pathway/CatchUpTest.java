package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.camunda.bpm.engine.impl.jobexecutor.AcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.junit.jupiter.api.Test;
import org.tumorboard.SettableClock;

/** Timers let the inbox catch up, but not for ever. */
class CatchUpTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final SettableClock clock = new SettableClock();
    private boolean areBehind;
    private final CatchUp catchUp = new CatchUp(() -> areBehind, clock);

    @Test
    void timersWaitUntilTheInboxHasCaughtUp() {
        assertThat(catchUp.isUnderWay()).isFalse();

        areBehind = true;
        assertThat(catchUp.isUnderWay()).isTrue();

        areBehind = false;
        assertThat(catchUp.isUnderWay()).isFalse();
    }

    @Test
    void anInboxThatStaysBehindHoldsThemUpNoLonger() {
        areBehind = true;
        assertThat(catchUp.isUnderWay()).isTrue();

        clock.advance(CatchUp.AT_MOST.minus(A_MOMENT));
        assertThat(catchUp.isUnderWay()).isTrue();
        clock.advance(A_MOMENT);
        assertThat(catchUp.isUnderWay()).isFalse();
        clock.advance(CatchUp.AT_MOST.multipliedBy(10));
        assertThat(catchUp.isUnderWay()).isFalse();
    }

    @Test
    void theNextTimeItIsBehindTheyWaitAgain() {
        areBehind = true;
        catchUp.isUnderWay();
        clock.advance(CatchUp.AT_MOST);
        catchUp.isUnderWay();

        areBehind = false;
        catchUp.isUnderWay();
        areBehind = true;
        assertThat(catchUp.isUnderWay()).isTrue();
    }

    @Test
    void theEngineFindsNoTimersMeanwhile() {
        AcquiredJobs due = new AcquiredJobs(50);
        due.addJobIdBatch("window-opens");
        AcquireJobsCommandFactory timers = catchUp.before(atMost -> context -> due);

        areBehind = true;
        assertThat(timers.getCommand(50).execute(null).size()).isZero();
        areBehind = false;
        assertThat(timers.getCommand(50).execute(null)).isSameAs(due);
    }
}

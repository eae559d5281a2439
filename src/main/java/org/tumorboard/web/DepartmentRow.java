package org.tumorboard.web;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tumorboard.inbox.DepartmentPulse;
import org.tumorboard.inbox.TopicState;

/**
 * How a department is heard, as page and API show it.
 *
 * @param lastByHandAt when one of its steps was last completed by hand; null if none was of late
 * @param usualSilence seconds: the longest silence of a usual day; null if it has no regular rhythm
 * @param silence seconds since its last event; null if none was ever received
 * @param awaitedSteps open steps that its events would close
 * @param untakenEvents on its topic; null if the broker does not say
 * @param delay seconds: the age of the oldest of them, by its sender's clock as far as we have not seen otherwise
 * @param delaySentAgo seconds: the same by its sender's clock alone; negative if that is ahead of ours
 * @param delaySeenFor seconds: the same as far as this node has seen it wait
 * @param withheldFor seconds for which an open transaction of its own has held back what it sent; null if none does
 * @param partitions of its topic; 0 if the broker does not say
 * @param unanswered those of them of which the broker says nothing; null if there are none
 */
record DepartmentRow(
        String department,
        DepartmentPulse.Standing standing,
        @Nullable Instant lastEventAt,
        @Nullable Instant lastByHandAt,
        @Nullable Long usualSilence,
        @Nullable Long silence,
        int awaitedSteps,
        int overdueSteps,
        @Nullable Long untakenEvents,
        @Nullable Long delay,
        @Nullable Long delaySentAgo,
        @Nullable Long delaySeenFor,
        @Nullable Long withheldFor,
        int partitions,
        @Nullable String unanswered) {

    /** Seconds; what was sent is seen at the next look only. */
    private static final long AGREE_WITHIN = 60;

    static DepartmentRow of(DepartmentPulse pulse, Instant now) {
        TopicState topic = pulse.topic();
        TopicState.Waiting waiting = topic == null ? null : topic.waiting();
        TopicState.Withheld withheld = topic == null ? null : topic.withheld();
        return new DepartmentRow(
                pulse.department(),
                pulse.standing(now),
                pulse.lastEventAt(),
                pulse.lastByHandAt(),
                seconds(pulse.usually()),
                seconds(pulse.silence(now)),
                pulse.awaited(),
                pulse.overdue(),
                pulse.untaken(),
                seconds(pulse.delay()),
                waiting == null ? null : seconds(waiting.sentAgo()),
                waiting == null ? null : seconds(waiting.seenFor()),
                withheld == null ? null : seconds(withheld.over()),
                topic == null ? 0 : topic.partitions(),
                topic == null || topic.unanswered().isEmpty() ? null : numbers(topic.unanswered()));
    }

    /** Whether the broker said nothing of its topic. */
    boolean isUnknown() {
        return partitions == 0 && untakenEvents == null;
    }

    /** Whether the two clocks disagree about the oldest event by so much that the one alone would mislead. */
    boolean clocksDisagree() {
        return delaySentAgo != null
                && delaySeenFor != null
                && untakenEvents != null
                && untakenEvents > 0
                && Math.abs(delaySentAgo - delaySeenFor) > AGREE_WITHIN;
    }

    private static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}

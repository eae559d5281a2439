package org.tumorboard.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.CaseStatus;

/** Synthetic cases on the real models, from the suspicion through the resection to the decision about its results. */
final class MainPathWorkload implements Workload {

    private final Instant now = Instant.now();

    @Override
    public String title() {
        return "main path";
    }

    @Override
    public CaseStatus reached() {
        return CaseStatus.FOLLOW_UP;
    }

    @Override
    public BenchCase benchCase(int number) {
        return new BenchCase(
                SyntheticCase.urgent(number, now.minus(Duration.ofDays(30))).throughTreatment());
    }

    /** One quality check a unit, today: unlike a case's own events, it counts only while it is fresh. */
    @Override
    public List<SyntheticEvent> beforehand() {
        return Stream.of(benchCase(1), benchCase(2))
                .flatMap(benchCase -> benchCase.events().stream())
                .filter(Feed::isUnitWide)
                .map(check -> check.at(now))
                .toList();
    }
}

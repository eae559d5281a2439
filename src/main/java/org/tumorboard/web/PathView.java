package org.tumorboard.web;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tumorboard.event.ExceptionPath;

/**
 * An exception path that a case took.
 *
 * @param path its number, e.g. {@code X-09}
 * @param at each time that it was taken, in clinical order; of one that was taken back, when it was said to have been
 * @param takenBack no time stands any more
 */
record PathView(String path, String title, List<Instant> at, boolean takenBack) {

    /** In the order in which the case first took them; a correction or retraction counts as a path too. */
    static List<PathView> of(List<MilestoneView> milestones, List<Revision> revisions) {
        Map<ExceptionPath, List<MilestoneView>> taken = milestones.stream()
                .flatMap(milestone -> ExceptionPath.ofMilestone(milestone.name())
                        .filter(path -> path != ExceptionPath.X_23)
                        .map(path -> Map.entry(path, milestone))
                        .stream())
                .collect(groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<PathView> paths = new ArrayList<>();
        taken.forEach((path, times) -> paths.add(of(path, times)));
        corrections(revisions).ifPresent(paths::add);
        paths.sort(Comparator.comparing(path -> path.at().get(0)));
        return paths;
    }

    private static PathView of(ExceptionPath path, List<MilestoneView> times) {
        boolean takenBack = times.stream().allMatch(MilestoneView::isTakenBack);
        return new PathView(
                path.code(),
                path.title(),
                times.stream()
                        .filter(time -> takenBack || !time.isTakenBack())
                        .map(MilestoneView::at)
                        .sorted()
                        .toList(),
                takenBack);
    }

    private static Optional<PathView> corrections(List<Revision> revisions) {
        List<Instant> made = revisions.stream()
                .filter(Revision::isOfEvent)
                .map(Revision::madeAt)
                .distinct()
                .sorted()
                .toList();
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of(new PathView(ExceptionPath.X_23.code(), ExceptionPath.X_23.title(), made, false));
    }
}

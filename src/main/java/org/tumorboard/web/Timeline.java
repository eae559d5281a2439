package org.tumorboard.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tumorboard.event.ExceptionPath;

/** A case's milestones in the order in which people read them. */
final class Timeline {

    private Timeline() {}

    /**
     * @param isRepeated a later entry has the same name: the next check, plan version or decision
     */
    record Entry(MilestoneView milestone, boolean isRepeated) {

        /** Whether the case took an exception path here. */
        public boolean isOffPath() {
            return ExceptionPath.ofMilestone(milestone.name()).isPresent();
        }
    }

    /** By clinical time; of several of one name that stand, the one recorded last is the current one. */
    static List<Entry> of(List<MilestoneView> recorded) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            String name = recorded.get(i).name();
            boolean isRepeated = recorded.subList(i + 1, recorded.size()).stream()
                    .anyMatch(later -> later.name().equals(name) && !later.isTakenBack());
            entries.add(new Entry(recorded.get(i), isRepeated));
        }
        entries.sort(Comparator.comparing(entry -> entry.milestone().at()));
        return entries;
    }
}

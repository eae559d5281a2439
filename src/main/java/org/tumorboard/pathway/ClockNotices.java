package org.tumorboard.pathway;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.Topics;
import org.tumorboard.outbox.OutboundMessage;
import org.tumorboard.sla.Announcement;

/**
 * Tells of clocks: on the topic of all clocks, and on those of the departments that the level reaches. A group without
 * a topic, such as the board's chair, is named in the message and has its task in Tasklist.
 */
@Component
class ClockNotices {

    private final Notifier notifier;

    ClockNotices(Notifier notifier) {
        this.notifier = notifier;
    }

    void tell(CaseFile file, List<Announcement> announcements) {
        announcements.forEach(announcement -> tell(file, announcement));
    }

    private void tell(CaseFile file, Announcement announcement) {
        String name = announcement.what().notification();
        Map<String, Object> said = Map.of(
                "occurredAt", announcement.at().toString(),
                "clock", announcement.clock().clock(),
                "threshold", announcement.threshold(),
                "level", announcement.level(),
                "groups", announcement.groups(),
                "dueAt", announcement.clock().latestAt().toString(),
                "late", announcement.late());
        OutboundMessage toAll = notifier.message(file, name, Topics.SLA, said);
        file.tell(toAll);
        announcement.groups().stream()
                .flatMap(group -> Department.of(group).stream())
                .forEach(department -> file.tell(notifier.message(file, name, department, said, null)));
    }
}

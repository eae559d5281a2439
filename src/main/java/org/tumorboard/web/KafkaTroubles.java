package org.tumorboard.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tumorboard.inbox.RetentionLosses;

/** What is wrong between the departments' topics and the inbox, as {@link Troubles} says it. */
final class KafkaTroubles {

    static final Trouble LISTENER_STOPPED = Trouble.critical(
            "This node takes no events: its listener has stopped.",
            "Unless somebody asked for it, it is started again by itself; the log says why it stopped. If it stays so, restart"
                    + " the application. Events wait on their topics, and other nodes take them.",
            null);

    /** Departments that a sentence names; of the others it says how many. */
    private static final int NAMED = 3;

    private KafkaTroubles() {}

    /** Nothing where the broker answered for none: that is said as one thing. */
    static List<Trouble> ofTopics(List<DepartmentRow> departments, Words words) {
        if (departments.stream().allMatch(DepartmentRow::isUnknown)) {
            return List.of();
        }
        List<Trouble> found = new ArrayList<>();
        for (DepartmentRow row : departments) {
            String link = "/departments/" + row.department();
            if (row.partitions() == 0) {
                found.add(Trouble.critical(
                        "The broker says nothing of the topic of %s.".formatted(words.plain(row.department())),
                        "Check that the topic is there and that the engine may read it. The other departments are heard.",
                        link));
            } else if (row.unanswered() != null) {
                found.add(Trouble.critical(
                        "The broker does not answer for part of the topic of %s: partition %s."
                                .formatted(words.plain(row.department()), row.unanswered()),
                        "Check that each of its partitions has a leader. Events of some patients wait there; the others are taken.",
                        link));
            }
        }
        unequal(departments, words).forEach(found::add);
        return found;
    }

    private static Stream<Trouble> unequal(List<DepartmentRow> departments, Words words) {
        Map<Integer, List<String>> byPartitions = departments.stream()
                .filter(row -> row.partitions() > 0)
                .collect(groupingBy(
                        DepartmentRow::partitions,
                        TreeMap::new,
                        mapping(row -> words.plain(row.department()), toList())));
        if (byPartitions.size() <= 1) {
            return Stream.empty();
        }
        String each = byPartitions.entrySet().stream()
                .map(entry -> "%d of %s".formatted(entry.getKey(), some(entry.getValue())))
                .collect(joining("; "));
        return Stream.of(Trouble.critical(
                "The departments' topics have different numbers of partitions: %s.".formatted(each),
                "Give all of them the greatest number: only then do a patient's events go to one thread, and in their order.",
                null));
    }

    private static String some(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : "%s and %d more".formatted(String.join(", ", names.subList(0, NAMED)), names.size() - NAMED);
    }

    /** One for each topic. */
    static List<Trouble> ofLosses(List<RetentionLosses.Loss> losses, Words words, Instant now) {
        return losses.stream()
                .collect(groupingBy(RetentionLosses.Loss::topic, TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(entry -> lost(entry.getKey(), entry.getValue(), words, now))
                .toList();
    }

    private static Trouble lost(String topic, List<RetentionLosses.Loss> losses, Words words, Instant now) {
        long records = losses.stream().mapToLong(RetentionLosses.Loss::atMost).sum();
        String partitions = losses.stream()
                .map(loss -> String.valueOf(loss.partition()))
                .distinct()
                .collect(joining(", "));
        Instant last = losses.stream()
                .map(RetentionLosses.Loss::noticedAt)
                .max(Comparator.naturalOrder())
                .orElse(now);
        return Trouble.critical(
                "Kafka removed events before they were read: at most %d of %s (partition %s), noticed %s ago."
                        .formatted(records, topic, partitions, words.between(last, now)),
                "Have the department send again what it said in that time, and make retention.ms of the topic longer than any"
                        + " outage, and than a backup is old. The log and the table inbox_loss name the offsets.",
                null);
    }
}

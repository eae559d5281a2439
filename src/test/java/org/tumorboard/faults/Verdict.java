package org.tumorboard.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Topics;

/** Holds the records of a run against what must be true of them; each invariant with what breaks it. */
final class Verdict {

    private final Map<String, List<String>> broken = new LinkedHashMap<>();
    private long resent;

    private record Message(long seq, String topic, String key, String id) {}

    /** By invariant what breaks it: nothing if it holds. */
    Map<String, List<String>> broken() {
        return broken;
    }

    /** Records on the topics that had been there before. */
    long resent() {
        return resent;
    }

    Verdict hold(String invariant, Collection<String> breaks) {
        broken.put(invariant, List.copyOf(breaks));
        return this;
    }

    private void rows(Records records, String invariant, String sql) {
        hold(invariant, records.rows(sql));
    }

    /** What happened to the cases is what happens without faults. */
    Verdict same(Records records, Evidence calm) {
        hold(
                "statuses, milestones, clocks, bookings and outcomes as without faults",
                Evidence.of(records).differencesFrom(calm));
        rows(records, "every threshold that is passed is announced", OVERLOOKED);
        rows(records, "the engine has given up nothing", GIVEN_UP);
        return this;
    }

    /** Each event that was sent has one outcome, and each malformed record a dead letter. */
    Verdict answered(Records records, Set<EventIdentity> said, Set<String> malformed) {
        List<String> breaks = new ArrayList<>();
        records.missing(said).forEach(event -> breaks.add("no outcome: " + event));
        Set<EventIdentity> taken = new HashSet<>(records.jdbc()
                .sql("select source, id from inbox_event where outcome <> 'REFUSED'")
                .query((row, number) -> new EventIdentity(row.getString(1), row.getString(2)))
                .list());
        taken.removeAll(said);
        taken.forEach(event -> breaks.add("nobody sent it: " + event));
        hold("events sent = events with an outcome", breaks);
        rows(
                records,
                "no event is set aside as failed",
                "select concat_ws(' ', source, id, reason) from inbox_event where outcome = 'FAILED'");
        List<String> letters = records.jdbc()
                .sql("select concat_ws('-', payload ->> 'topic', payload ->> 'partition', payload ->> 'offset') "
                        + "from outbox_message where topic = ?")
                .param(Topics.DEAD_LETTERS)
                .query(String.class)
                .list();
        Set<String> places = new HashSet<>();
        List<String> unanswered = new ArrayList<>();
        letters.stream().filter(place -> !places.add(place)).forEach(place -> unanswered.add("two letters: " + place));
        malformed.stream()
                .filter(place -> !places.contains(place))
                .forEach(place -> unanswered.add("no letter: " + place));
        places.stream()
                .filter(place -> !malformed.contains(place))
                .forEach(place -> unanswered.add("not malformed: " + place));
        return hold("malformed records = dead letters, by their places", unanswered);
    }

    /** Nothing has happened twice. */
    Verdict once(Records records) {
        rows(
                records,
                "no milestone twice",
                TWICE.formatted(
                        "case_id, name, at, source, event_id, joined, clock, amendment_id, retracted", "milestone"));
        rows(
                records,
                "no step closed twice by the same",
                TWICE.formatted("case_id, element_id, source, event_id, how", "step_closing"));
        rows(
                records,
                "no notification twice",
                TWICE.formatted(
                        "topic, key, type, causation_id, payload",
                        "outbox_message where topic <> '%s'".formatted(Topics.DEAD_LETTERS)));
        return this;
    }

    /** Each task that somebody completed is a deed on record, once. */
    Verdict done(Records records, Set<Hand> hands) {
        List<String> deeds = new ArrayList<>(records.jdbc()
                .sql("select case_id || ' ' || subject from audit_entry where deed = 'COMPLETED_STEP'")
                .query(String.class)
                .list());
        hands.forEach(hand -> {
            if (!deeds.remove(hand.caseId() + " " + hand.element())) {
                deeds.add("not on record: " + hand);
            }
        });
        return hold("tasks completed by hand = deeds on record", deeds);
    }

    /** What the outbox holds has reached its topics. */
    Verdict told(Records records, Broker broker) {
        List<Message> outbox = records.jdbc()
                .sql("select seq, topic, key, message_id as id from outbox_message order by seq")
                .query(Message.class)
                .list();
        List<Received> received =
                Received.on(outbox.stream().map(Message::topic).collect(toSet()), broker);
        Map<String, Received> first = new LinkedHashMap<>();
        received.forEach(message -> first.putIfAbsent(message.topic() + " " + message.id(), message));
        resent = received.size() - first.size();

        List<String> lost = new ArrayList<>();
        Map<String, Long> places = new HashMap<>();
        for (Message message : outbox) {
            String id = message.topic() + " " + message.id();
            if (places.put(id, message.seq()) != null) {
                lost.add("the outbox has it twice: " + id);
            }
            if (!first.containsKey(id)) {
                lost.add("not on its topic: " + id);
            }
        }
        first.keySet().stream()
                .filter(id -> !places.containsKey(id))
                .forEach(id -> lost.add("on the topic without a cause: " + id));
        hold("each notification on its topic, by id once", lost);
        return hold("order of each case's messages kept on every topic", disorder(first.values(), places));
    }

    /** What was refused belongs to no case: its letters are under no lock that would keep their order. */
    private static List<String> disorder(Collection<Received> first, Map<String, Long> places) {
        List<String> breaks = new ArrayList<>();
        first.stream()
                .filter(message -> !message.topic().equals(Topics.DEAD_LETTERS))
                .collect(groupingBy(message -> message.topic() + " " + message.partition() + " " + message.key()))
                .forEach((where, messages) -> {
                    long last = 0;
                    for (Received message : messages) {
                        long place = places.getOrDefault(message.topic() + " " + message.id(), Long.MAX_VALUE);
                        if (place < last) {
                            breaks.add("%s: message %d after %d".formatted(where, place, last));
                        }
                        last = place;
                    }
                });
        return breaks;
    }

    private static final String TWICE =
            "select concat_ws(' ', %1$s) || ': ' || count(*) || ' times' from %2$s group by %1$s having count(*) > 1";

    private static final String OVERLOOKED =
            "select concat_ws(' ', case_id, clock, next_nudge_at) from sla_clock where next_nudge_at < now() - interval '5 s'";

    private static final String GIVEN_UP =
            """
            select concat_ws(' ', 'incident', incident_type_, activity_id_, incident_msg_) from act_ru_incident
            union all select concat_ws(' ', 'job', handler_type_, handler_cfg_, exception_msg_) from act_ru_job
            where retries_ <= 0
            """;
}

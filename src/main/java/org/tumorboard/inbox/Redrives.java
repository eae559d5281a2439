package org.tumorboard.inbox;

import static java.util.stream.Collectors.toMap;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.Outcome;
import org.tumorboard.inbox.Redrive.Result;

/**
 * Applies many parked or failed events again, because a person asks for it. Each patient's turn is a transaction of its own;
 * where the database stops answering, the rest keeps waiting and is named.
 */
@Component
public final class Redrives {

    /** So many at a time: somebody waits for the answer. */
    public static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);

    private final InboxTable table;
    private final Inbox inbox;
    private final Redrive redrive;

    Redrives(InboxTable table, Inbox inbox, Redrive redrive) {
        this.table = table;
        this.inbox = inbox;
        this.redrive = redrive;
    }

    /** What became of one of them. */
    public record Attempt(EventIdentity event, Result result) {}

    /**
     * @param who asks for it, for the record
     * @return one for each event, in the same order
     * @throws IllegalArgumentException if there are more than {@link #MOST}
     */
    public List<Attempt> again(List<EventIdentity> events, String who) {
        if (events.size() > MOST) {
            throw new IllegalArgumentException(
                    "expected at most %d events at a time, but got %d".formatted(MOST, events.size()));
        }
        Map<EventIdentity, InboxEntry> before = find(events);
        List<InboxEntry> waiting = events.stream()
                .distinct()
                .map(before::get)
                .filter(entry -> entry != null && isWaiting(entry))
                .toList();
        LOG.info("{} re-drives {} events", who, waiting.size());
        Map<EventIdentity, Set<String>> patients = redrive.prepare(waiting, who);
        Set<String> left = release(
                patients.values().stream().flatMap(Set::stream).distinct().toList());
        Map<EventIdentity, InboxEntry> after = find(events);
        return events.stream()
                .map(event ->
                        new Attempt(event, result(before.get(event), after.get(event), patients.get(event), left)))
                .toList();
    }

    /** The patients whose turn did not come. */
    private Set<String> release(List<String> patients) {
        for (int i = 0; i < patients.size(); i++) {
            try {
                inbox.release(Set.of(patients.get(i)));
            } catch (RuntimeException e) {
                LOG.warn("re-driving ends early, the rest waits: {}", e.toString());
                return new HashSet<>(patients.subList(i, patients.size()));
            }
        }
        return Set.of();
    }

    private static Result result(
            @Nullable InboxEntry before, @Nullable InboxEntry after, @Nullable Set<String> patients, Set<String> left) {
        if (before == null || after == null) {
            return new Result.Unknown();
        }
        if (patients == null) {
            return new Result.Settled(before);
        }
        boolean isLeft = isWaiting(after) && patients.stream().anyMatch(left::contains);
        return isLeft ? new Result.NotTried(after) : new Result.Tried(after);
    }

    private static boolean isWaiting(InboxEntry entry) {
        return entry.outcome() == Outcome.PARKED || entry.outcome() == Outcome.FAILED;
    }

    private Map<EventIdentity, InboxEntry> find(List<EventIdentity> events) {
        return table.find(events).stream()
                .collect(toMap(InboxEntry::identity, entry -> entry, (one, other) -> one, LinkedHashMap::new));
    }
}

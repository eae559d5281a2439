package org.tumorboard.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tumorboard.event.Actor;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Deed;

/**
 * What this node has put on record lately of deeds that repeat themselves. Of two that happen in the same moment both may be put on record;
 * none is left out whose like is not on record already.
 */
final class Repeats {

    private static final int MOST = 10_000;

    private final Map<Key, Instant> last = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String name, @Nullable String origin, Deed deed, @Nullable CaseId caseId) {}

    synchronized boolean has(Actor who, Deed deed, @Nullable CaseId caseId, Instant now) {
        Duration once = deed.onceIn();
        Instant before = once == null ? null : last.get(key(who, deed, caseId));
        return before != null && !now.isBefore(before) && now.isBefore(before.plus(once));
    }

    synchronized void add(Actor who, Deed deed, @Nullable CaseId caseId, Instant now) {
        if (deed.onceIn() != null) {
            last.remove(key(who, deed, caseId));
            last.put(key(who, deed, caseId), now);
        }
    }

    private static Key key(Actor who, Deed deed, @Nullable CaseId caseId) {
        return new Key(who.name(), who.origin(), deed, caseId);
    }
}

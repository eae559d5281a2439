package org.tumorboard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.tumorboard.event.Actor;
import org.tumorboard.event.ConfigurationPart;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/**
 * At each start, puts on record what in the configuration differs from the last start; of several nodes, one after the
 * other. If it cannot, the start fails.
 */
@Component
class ConfigurationWatch {

    /** Any number that nobody else locks. */
    private static final long LOCK = 724_002;

    /** More than that is one entry: another release, or another set-up. */
    private static final int ONE_BY_ONE = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PersonalDeeds deeds;
    private final List<ConfigurationPart> parts;

    ConfigurationWatch(
            JdbcClient jdbc, TransactionTemplate transaction, PersonalDeeds deeds, List<ConfigurationPart> parts) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.deeds = deeds;
        this.parts = parts;
    }

    @EventListener(ApplicationStartedEvent.class)
    void compare() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query((row, number) -> number)
                    .list();
            Map<String, String> now = new TreeMap<>();
            parts.forEach(part -> now.putAll(part.parts()));
            Map<String, String> before = seen();
            List<String> changes = changes(before, now);
            if (before.isEmpty() || changes.size() > ONE_BY_ONE) {
                tell("%s: %d differ, %d in all, %s"
                        .formatted(before.isEmpty() ? "first start" : "many", changes.size(), now.size(), digest(now)));
            } else {
                changes.forEach(this::tell);
            }
        });
    }

    /** Brings what was seen in line, and says what it was not. */
    private List<String> changes(Map<String, String> before, Map<String, String> now) {
        List<String> changes = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String old = before.get(name);
            String value = now.get(name);
            if (value == null) {
                jdbc.sql("delete from configuration_seen where name = ?")
                        .param(name)
                        .update();
            } else if (!value.equals(old)) {
                jdbc.sql("insert into configuration_seen values (?, ?) on conflict (name) do update set value = ?")
                        .params(name, value, value)
                        .update();
            } else {
                continue;
            }
            changes.add("%s: %s, before %s".formatted(name, orNone(value), orNone(old)));
        }
        return changes;
    }

    private Map<String, String> seen() {
        Map<String, String> seen = new HashMap<>();
        jdbc.sql("select name, value from configuration_seen").query(row -> {
            seen.put(row.getString("name"), row.getString("value"));
        });
        return seen;
    }

    private void tell(String what) {
        deeds.did(Actor.APPLICATION, Deed.CHANGED_CONFIGURATION, null, what);
    }

    private static String orNone(@Nullable String value) {
        return value == null ? "none" : value;
    }

    private static String digest(Map<String, String> all) {
        return ChainHash.sha256(all.toString().getBytes(UTF_8));
    }
}

package org.tumorboard.audit;

import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Goes through the whole chain, on one snapshot, and names the first link that does not hold. */
@Component
public class Verification {

    private final AuditTable table;
    private final JdbcTemplate template;
    private final TransactionTemplate snapshot;

    Verification(AuditTable table, DataSource database, PlatformTransactionManager transactions) {
        this.table = table;
        this.template = new JdbcTemplate(database);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** What was found. */
    public sealed interface Result {

        /**
         * Every entry is there, in its place and as it was written.
         *
         * @param entries how many
         * @param hash of the last one
         */
        record Intact(long entries, String hash) implements Result {

            /** By which a later check finds out whether the trail still holds all of this: note it elsewhere. */
            public String note() {
                return entries + ":" + hash;
            }
        }

        /**
         * The chain does not hold.
         *
         * @param number of the first entry that is missing, or not in its place, or not as it was written
         * @param reason in a sentence
         */
        record Broken(long number, String reason) implements Result {}
    }

    /**
     * Checks all of it; whoever asks meanwhile waits, so that many who ask do not take all connections.
     *
     * @param noted what an earlier check said and was kept elsewhere; null if nothing was: then a trail whose end, head
     *     included, was rewritten looks intact
     */
    public synchronized Result verify(@Nullable Noted noted) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            try (Stream<AuditEntry> entries = table.all(template)) {
                return verify(entries.iterator(), table.head(), noted);
            }
        }));
    }

    static Result verify(Iterator<AuditEntry> entries, AuditTable.Head head, @Nullable Noted noted) {
        long number = 0;
        String hash = ChainHash.NOTHING;
        while (entries.hasNext()) {
            AuditEntry entry = entries.next();
            number++;
            if (entry.number() != number) {
                return new Result.Broken(
                        number, "entry %d is missing: entry %d comes next".formatted(number, entry.number()));
            }
            if (!entry.isAsWritten()) {
                return new Result.Broken(number, "entry %d is not as it was written".formatted(number));
            }
            if (!entry.previous().equals(hash)) {
                return new Result.Broken(
                        number,
                        "entry %d was not written after the entry %d that is there now".formatted(number, number - 1));
            }
            hash = entry.hash();
            if (noted != null && noted.number() == number && !noted.hash().equals(hash)) {
                return new Result.Broken(number, "entry %d is another than the one that was noted".formatted(number));
            }
        }
        if (head.number() != number || !head.hash().equals(hash)) {
            return new Result.Broken(
                    number + 1,
                    "the trail ends with entry %d, but the last one written was entry %d"
                            .formatted(number, head.number()));
        }
        if (noted != null && noted.number() > number) {
            return new Result.Broken(
                    number + 1,
                    "the trail ends with entry %d, but entry %d was noted".formatted(number, noted.number()));
        }
        return new Result.Intact(number, hash);
    }
}

package org.tumorboard.inbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the broker says of a department's topic.
 *
 * @param partitions that it has
 * @param unanswered those of them of which the broker says nothing
 * @param waiting on the others; null if there are none
 * @param withheld null if nothing is
 */
public record TopicState(
        int partitions, List<Integer> unanswered, @Nullable Waiting waiting, @Nullable Withheld withheld) {

    /** A topic of which the broker says nothing at all. */
    static final TopicState UNKNOWN = new TopicState(0, List.of(), null, null);

    /**
     * Events that were not taken yet. Of the oldest, its sender says when it was sent, and we have seen since when it is
     * here: the sender's word counts as far as we have not seen otherwise.
     *
     * @param untaken at most so many: markers of transactions after the first of them count along
     * @param oldest age of the oldest of them; zero if there is none
     * @param sentAgo the same by its sender's clock; negative if that is ahead of ours
     * @param seenFor the same as far as this node has seen it wait; zero at the first look after a start
     * @param isFromBefore whether it was there already when this node looked first: nobody knows since when
     */
    public record Waiting(long untaken, Duration oldest, Duration sentAgo, Duration seenFor, boolean isFromBefore) {

        Waiting(long untaken, Duration oldest, Duration sentAgo, Duration seenFor) {
            this(untaken, oldest, sentAgo, seenFor, false);
        }

        static final Waiting NOTHING = new Waiting(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        /** @param atMost since when it can be here, if that is known */
        static Waiting of(long untaken, Duration sentAgo, Duration seenFor, @Nullable Duration atMost) {
            Duration believed = atMost != null && sentAgo.compareTo(atMost) > 0 ? atMost : sentAgo;
            return new Waiting(
                    untaken,
                    believed.compareTo(seenFor) > 0 ? believed : seenFor,
                    sentAgo,
                    seenFor,
                    untaken > 0 && atMost == null);
        }

        Waiting and(Waiting other) {
            Waiting older = oldest.compareTo(other.oldest) < 0 || untaken == 0 ? other : this;
            return new Waiting(
                    untaken + other.untaken,
                    older.oldest,
                    older.sentAgo,
                    older.seenFor,
                    isFromBefore || other.isFromBefore);
        }
    }

    /**
     * Records behind a transaction that its sender began and did not end: nobody knows yet whether they count.
     *
     * @param records at most so many
     * @param over since when the same transaction holds them back, as far as this node has seen
     */
    public record Withheld(long records, Duration over) {

        Withheld and(Withheld other) {
            return new Withheld(records + other.records, over.compareTo(other.over) > 0 ? over : other.over);
        }
    }
}

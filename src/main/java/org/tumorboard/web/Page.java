package org.tumorboard.web;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * A piece of a long list.
 *
 * @param page which piece, from 1
 * @param pages how many there are, at least 1
 * @param total items in all pieces
 */
record Page<T>(List<T> items, int page, int pages, long total) {

    static final int SIZE = 50;

    /**
     * @param wanted from 1; what lies outside is taken to the nearest that exists
     * @param read reads the items from an offset on
     */
    static <T> Page<T> of(int wanted, long total, LongFunction<List<T>> read) {
        int pages = (int) Math.max(1, (total + SIZE - 1) / SIZE);
        int page = Math.max(1, Math.min(wanted, pages));
        return new Page<>(read.apply((page - 1L) * SIZE), page, pages, total);
    }

    /** A piece of a list that is at hand as a whole. */
    static <T> Page<T> of(int wanted, List<T> whole) {
        return of(
                wanted,
                whole.size(),
                offset -> whole.subList((int) offset, (int) Math.min(offset + SIZE, whole.size())));
    }

    /** All of it as one piece. */
    static <T> Page<T> whole(List<T> whole) {
        return new Page<>(whole, 1, 1, whole.size());
    }

    <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), page, pages, total);
    }
}

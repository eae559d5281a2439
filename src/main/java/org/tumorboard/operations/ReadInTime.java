package org.tumorboard.operations;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reads from a database that may be away, and waits for it only so long: a page that is to say what is wrong must not wait
 * for what is wrong.
 */
@Component
public final class ReadInTime implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ReadInTime.class);

    static final long PATIENCE_SECONDS = 3;

    private static final int AT_ONCE = 4;
    private static final int IN_LINE = 50;

    private final ThreadPoolExecutor readers;

    ReadInTime() {
        readers = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(IN_LINE), task -> {
                    Thread thread = new Thread(task, "reads-in-time");
                    thread.setDaemon(true);
                    return thread;
                });
        readers.allowCoreThreadTimeOut(true);
    }

    /**
     * @param what is read, for the log
     * @return empty if it could not be read, or not in time
     */
    public <T> Optional<T> read(String what, Supplier<T> reader) {
        Future<T> reading;
        try {
            reading = readers.submit(reader::get);
        } catch (RejectedExecutionException e) {
            return unread(what, e);
        }
        try {
            return Optional.of(reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            reading.cancel(true);
            return unread(what, e);
        } catch (ExecutionException e) {
            return unreadable(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unread(what, e);
        }
    }

    /** A fault of the database is what this is for; any other is the caller's. */
    private static <T> Optional<T> unreadable(String what, Throwable fault) {
        if (fault instanceof DataAccessException || fault instanceof TransactionException) {
            return unread(what, fault);
        }
        throw fault instanceof RuntimeException own ? own : new IllegalStateException(fault);
    }

    private static <T> Optional<T> unread(String what, Throwable fault) {
        LOG.warn("{} could not be read: {}", what, fault.toString());
        return Optional.empty();
    }

    @Override
    public void destroy() {
        readers.shutdownNow();
    }
}

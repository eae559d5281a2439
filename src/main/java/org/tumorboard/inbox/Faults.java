package org.tumorboard.inbox;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells faults that pass, after which the same batch simply goes through, from those that would come again. */
final class Faults {

    /** SQLSTATE classes: connection, rollback by conflict, resources, operator intervention, system. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");

    private Faults() {}

    /** Whether it passes; what a record does to the stack or the memory of its thread does not. */
    static boolean passes(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof DuplicateKeyException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof TransactionSystemException
                    || cause instanceof Positions.DatabaseBehind) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && PASSING.contains(sql.getSQLState().substring(0, 2))) {
                return true;
            }
        }
        return false;
    }
}

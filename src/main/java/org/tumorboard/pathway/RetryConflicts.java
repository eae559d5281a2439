package org.tumorboard.pathway;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A person's command that met an event on another step of the same case is simply done again; if it was the same
 * step, it is gone by then, and the person is told so. Commands inside a transaction are left to its owner.
 */
final class RetryConflicts extends CommandInterceptor {

    private static final int TRIES = 5;

    @Override
    public <T> T execute(Command<T> command) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return next.execute(command);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return next.execute(command);
            } catch (OptimisticLockingException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}

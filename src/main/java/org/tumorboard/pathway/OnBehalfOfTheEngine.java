package org.tumorboard.pathway;

import java.util.concurrent.Callable;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * What a step causes is the engine's work, whoever completed the step: reading models and decision tables, opening a
 * linked case. A person needs the right to the step, not to all of that.
 */
final class OnBehalfOfTheEngine {

    private OnBehalfOfTheEngine() {}

    /** Does the work without asking for the rights of the person who acts. */
    static <T> T doing(Callable<T> work) {
        CommandContext command = Context.getCommandContext();
        try {
            return command == null ? work.call() : command.runWithoutAuthorization(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("expected the engine's own work to succeed, but " + e.getMessage(), e);
        }
    }
}

package org.tumorboard.pathway;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandContextListener;

/** What a person entered moves the case until the engine's command ends, and no longer. */
record ForgetAtCommandEnd(CurrentEvent current) implements CommandContextListener {

    static void register(CurrentEvent current) {
        Context.getCommandContext().registerCommandContextListener(new ForgetAtCommandEnd(current));
    }

    @Override
    public void onCommandContextClose(CommandContext commandContext) {
        current.forget();
    }

    @Override
    public void onCommandFailed(CommandContext commandContext, Throwable failure) {
        current.forget();
    }
}

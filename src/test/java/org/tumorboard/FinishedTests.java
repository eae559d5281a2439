package org.tumorboard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Remembers which classes of engine tests have come to their end in this JVM. */
public final class FinishedTests implements AfterAllCallback {

    private static final Set<Class<?>> FINISHED = ConcurrentHashMap.newKeySet();

    public static Set<Class<?>> classes() {
        return Set.copyOf(FINISHED);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        FINISHED.add(context.getRequiredTestClass());
    }
}

package org.tumorboard;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Reads every line of the log of a test run, faults with their causes included, and keeps those that tell of patients. */
public final class LeakingLines extends AppenderBase<ILoggingEvent> {

    /** Pseudonyms as the tests and the demonstration give them, a piece of a payload, and what §8 of the pathway forbids. */
    private static final Pattern LEAK =
            Pattern.compile("\\b(SYN|WLK)-[A-Za-z0-9]|\"(patientRef|lesionRefs|specversion|occurredAt)\\\\?\"\\s*:"
                    + "|Failing row contains|(?i:\\b(patient_?name|birth_?date|date_?of_?birth|medical_?record)\\b)");

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
        String line = text(event);
        if (leaks(line)) {
            FOUND.add(event.getLoggerName() + ": " + line);
        }
    }

    static boolean leaks(String line) {
        return LEAK.matcher(line).find();
    }

    /** Those since this was asked last. */
    static List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String line = FOUND.poll(); line != null; line = FOUND.poll()) {
            taken.add(line);
        }
        return taken;
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage());
        IThrowableProxy fault = event.getThrowableProxy();
        for (int depth = 0; fault != null && depth < 20; depth++, fault = fault.getCause()) {
            text.append(" | ").append(fault.getMessage());
        }
        return text.toString();
    }
}

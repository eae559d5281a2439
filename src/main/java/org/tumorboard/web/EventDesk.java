package org.tumorboard.web;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;
import org.tumorboard.event.EventReader;
import org.tumorboard.event.InboundEvent;
import org.tumorboard.event.Reading;
import org.tumorboard.outbox.EventPublisher;

/** Checks what came over HTTP like an event of its department, and puts it on the department's topic. */
@Component
final class EventDesk {

    private static final int LONGEST_WAIT_SECONDS = 15;

    private final EventReader reader;
    private final EventPublisher publisher;
    private final Clock clock;

    EventDesk(EventReader reader, EventPublisher publisher, Clock clock) {
        this.reader = reader;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * @param headers as the Kafka binding of CloudEvents names them
     * @return what was read; if it was accepted, the broker has it
     */
    Reading publish(Department department, Map<String, byte[]> headers, byte[] body) {
        Reading reading = reader.read(department, headers, body, clock.instant());
        if (reading instanceof Reading.Accepted accepted) {
            publisher
                    .publish(department, key(accepted.event()), headers, body)
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return reading;
    }

    /** Kafka's key puts everything about one patient, or one unit, in order. */
    private static String key(InboundEvent event) {
        return event.patientRef() == null ? event.unit() : event.patientRef();
    }
}

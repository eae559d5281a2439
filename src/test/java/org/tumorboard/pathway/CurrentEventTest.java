package org.tumorboard.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tumorboard.event.EventIdentity;
import org.tumorboard.event.EventType;
import org.tumorboard.event.InboundEvent;

/** Messages bear ids by which whoever hears them twice knows them, and only then. */
class CurrentEventTest {

    private final CurrentEvent current = new CurrentEvent(Clock.systemUTC());

    @Test
    void givesAMessageOfAPatientsEventTheSameIdWhenItIsTakenAgain() {
        InboundEvent consent = event("coordination.consent-given", "SYN-1");

        assertThat(idBecauseOf(consent, "told")).isEqualTo(idBecauseOf(consent, "told"));
        assertThat(idBecauseOf(consent, "told")).isNotEqualTo(idBecauseOf(consent, "told otherwise"));
        assertThat(idBecauseOf(consent, "told"))
                .isNotEqualTo(idBecauseOf(event("coordination.consent-refused", "SYN-1"), "told"));
    }

    /** The same daily QA clears a case again that came back from the board to another slot of that day. */
    @Test
    void setsApartWhatTheSameNewsOfAUnitBringsAboutAgain() {
        InboundEvent qaPassed = event("medical-physics.daily-qa-passed", null);

        assertThat(idBecauseOf(qaPassed, "told")).isNotEqualTo(idBecauseOf(qaPassed, "told"));
    }

    @Test
    void knowsWhatOneMoveSaysOnTwoWays() {
        InboundEvent qaPassed = event("medical-physics.daily-qa-passed", null);

        current.set(qaPassed);
        UUID first = current.messageId("told");
        UUID other = current.doing(event("coordination.consent-given", "SYN-1"), () -> current.messageId("told"));

        assertThat(current.messageId("told")).isEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void givesWhatNoEventCausesAnIdOfItsOwn() {
        assertThat(current.messageId("told")).isNotEqualTo(current.messageId("told"));
    }

    private UUID idBecauseOf(InboundEvent event, String words) {
        return current.doing(event, () -> current.messageId(words));
    }

    private static InboundEvent event(String type, @Nullable String patientRef) {
        return new InboundEvent(
                new EventIdentity("//hospital.example", type),
                EventType.ofShortName(type).orElseThrow(),
                null,
                patientRef,
                Instant.EPOCH,
                JsonNodeFactory.instance.objectNode(),
                null,
                null);
    }
}

package org.tumorboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tumorboard.event.Deed;

/** Whoever reads the trail as FHIR reads all of an entry, in codes that others know. */
class FhirAuditEventsTest {

    private static final FhirContext FHIR = FhirContext.forR4();

    @Test
    void sayWhoReadWhichCaseFromWhere() throws IOException {
        AuditEntry entry = entry(Deed.READ_CASE.name(), "anna", "ward,admin", "10.1.2.3", "case-1");

        AuditEvent event = events(entry).get(0);

        assertThat(event.getType().getCode()).isEqualTo("110110");
        assertThat(event.getSubtype()).extracting(Coding::getCode).containsExactly("read", "READ_CASE");
        assertThat(event.getAction().toCode()).isEqualTo("R");
        assertThat(event.getOutcome().toCode()).isEqualTo("0");
        assertThat(event.getRecordedElement().getValueAsString()).isEqualTo("2026-05-04T10:00:00.123Z");
        AuditEventAgentComponent agent = event.getAgentFirstRep();
        assertThat(agent.getWho().getIdentifier().getValue()).isEqualTo("anna");
        assertThat(agent.getRole())
                .extracting(role -> role.getCodingFirstRep().getCode())
                .containsExactly("ward", "admin");
        assertThat(agent.getNetwork().getAddress()).isEqualTo("10.1.2.3");
        assertThat(event.getEntityFirstRep().getWhat().getIdentifier().getValue())
                .isEqualTo("case-1");
        assertThat(event.getEntityFirstRep().getWhat().getIdentifier().getSystem())
                .isEqualTo("urn:tumorboard:case");
    }

    @Test
    void carryWhatTheChainIsCheckedBy() throws IOException {
        AuditEntry entry = entry(Deed.SENT_EVENT.name(), "anna", "ward", null, null);

        AuditEventEntityComponent link = events(entry).get(0).getEntityFirstRep();

        assertThat(link.getDetail())
                .extracting(detail -> detail.getType() + " " + detail.getValue().primitiveValue())
                .containsExactly(
                        "at " + entry.at(), "subject page", "previous " + ChainHash.NOTHING, "hash " + entry.hash());
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void haveWhatFhirRequires(Deed deed) throws IOException {
        assertComplete(
                events(entry(deed.name(), "anna", "ward", "::1", "case-1")).get(0));
    }

    @Test
    void knowARefusalADeedOfOldAndTheApplicationItself() throws IOException {
        List<AuditEvent> events = events(
                entry(Deed.SIGN_IN_REFUSED.name(), "(unknown)", "", "10.1.2.3", null),
                entry("DID_WHAT_NOBODY_DOES_ANY_MORE", "(application)", "", null, null));

        events.forEach(FhirAuditEventsTest::assertComplete);
        assertThat(events.get(0).getOutcome().toCode()).isEqualTo("4");
        assertThat(events.get(1).getType().getCode()).isEqualTo("110100");
        assertThat(events.get(1)
                        .getAgentFirstRep()
                        .getType()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("110150");
    }

    /** Whatever R4 requires of an AuditEvent, and IHE's basic pattern of each. */
    static void assertComplete(AuditEvent event) {
        assertThat(event.getType().hasSystem() && event.getType().hasCode()).isTrue();
        assertThat(event.getSubtype()).isNotEmpty().allMatch(code -> code.hasSystem() && code.hasCode());
        assertThat(event.hasAction() && event.hasOutcome() && event.hasRecorded())
                .isTrue();
        assertThat(event.getAgent()).hasSize(1).allMatch(agent -> agent.hasRequestor() && agent.hasType());
        assertThat(event.getAgentFirstRep().getWho().hasIdentifier()).isTrue();
        assertThat(event.getSource().getObserver().getIdentifier().getValue()).isEqualTo("tumor-board-engine");
        assertThat(event.getEntity())
                .allMatch(entity -> entity.hasWhat() && entity.hasType() && entity.hasRole() && !entity.hasName());
    }

    private static List<AuditEvent> events(AuditEntry... entries) throws IOException {
        StringWriter written = new StringWriter();
        new FhirAuditEvents().write(List.of(entries), "http://here/", "http://here/?before=1", written);
        IParser strict = FHIR.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
        Bundle bundle = strict.parseResource(Bundle.class, written.toString());
        assertThat(bundle.getLink("next").getUrl()).isEqualTo("http://here/?before=1");
        assertThat(bundle.getEntry()).allMatch(entry -> entry.getFullUrl().startsWith("urn:uuid:"));
        return Stream.of(bundle.getEntry().toArray(Bundle.BundleEntryComponent[]::new))
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    private static AuditEntry entry(String deed, String person, String groups, String origin, String caseId) {
        return new AuditEntry(
                        7,
                        Instant.parse("2026-05-04T10:00:00.123456Z"),
                        deed,
                        person,
                        groups,
                        origin,
                        caseId,
                        "page",
                        ChainHash.NOTHING,
                        "")
                .sealed();
    }
}

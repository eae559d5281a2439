package org.tumorboard.audit;

import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.tumorboard.event.Deed;

/** An entry as an AuditEvent of FHIR R4: who did what, when, from where, about which case, and its link of the chain. */
final class FhirAuditEvent {

    private static final String OURS = "urn:tumorboard:";
    private static final String TERMS = "http://terminology.hl7.org/CodeSystem/";

    private static final Set<String> REFUSALS = Set.of(Deed.SIGN_IN_REFUSED.name(), Deed.SIGN_IN_THROTTLED.name());

    private FhirAuditEvent() {}

    static AuditEvent of(AuditEntry entry) {
        DeedCodes codes = DeedCodes.of(entry.deed());
        AuditEvent event = new AuditEvent();
        event.setId("entry-" + entry.number());
        event.setType(codes.type());
        if (codes.subtype() != null) {
            event.addSubtype(codes.subtype());
        }
        event.addSubtype(new Coding(OURS + "deed", entry.deed(), null));
        event.setAction(codes.action());
        event.setRecordedElement(recorded(entry.at()));
        event.setOutcome(REFUSALS.contains(entry.deed()) ? AuditEventOutcome._4 : AuditEventOutcome._0);
        event.addAgent(agent(entry));
        event.getSource()
                .setObserver(named("system", "tumor-board-engine"))
                .addType(new Coding(TERMS + "security-source-type", "4", "Application Server"));
        if (entry.caseId() != null) {
            event.addEntity(entity("4", "Other", "4", "Domain Resource").setWhat(named("case", entry.caseId())));
        }
        event.addEntity(link(entry));
        return event;
    }

    private static InstantType recorded(Instant at) {
        InstantType recorded = new InstantType(Date.from(at));
        recorded.setTimeZoneZulu(true);
        return recorded;
    }

    private static AuditEventAgentComponent agent(AuditEntry entry) {
        boolean isPerson = !entry.person().startsWith("(");
        AuditEventAgentComponent agent = new AuditEventAgentComponent()
                .setRequestor(true)
                .setType(new CodeableConcept(
                        isPerson
                                ? new Coding(TERMS + "extra-security-role-type", "humanuser", "human user")
                                : new Coding(DeedCodes.DICOM, "110150", "Application")))
                .setWho(named("person", entry.person()));
        for (String group : entry.groups().split(",")) {
            if (!group.isEmpty()) {
                agent.addRole(new CodeableConcept(new Coding(OURS + "group", group, null)));
            }
        }
        if (entry.origin() != null) {
            agent.getNetwork().setAddress(entry.origin()).setType(AuditEventAgentNetworkType._2);
        }
        return agent;
    }

    /** What is needed to check the chain, as the database has it, and what the deed was about. */
    private static AuditEventEntityComponent link(AuditEntry entry) {
        AuditEventEntityComponent link = entity("4", "Other", "13", "Security Resource")
                .setWhat(named("audit-entry", Long.toString(entry.number())));
        detail(link, "at", entry.at().toString());
        if (entry.subject() != null) {
            detail(link, "subject", entry.subject());
        }
        detail(link, "previous", entry.previous());
        detail(link, "hash", entry.hash());
        return link;
    }

    private static AuditEventEntityComponent entity(String type, String typeName, String role, String roleName) {
        return new AuditEventEntityComponent()
                .setType(new Coding(TERMS + "audit-entity-type", type, typeName))
                .setRole(new Coding(TERMS + "object-role", role, roleName));
    }

    private static void detail(AuditEventEntityComponent entity, String type, String value) {
        entity.addDetail().setType(type).setValue(new StringType(value));
    }

    private static Reference named(String system, String value) {
        return new Reference()
                .setIdentifier(new Identifier().setSystem(OURS + system).setValue(value))
                .setDisplay(value);
    }
}

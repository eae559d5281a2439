package org.tumorboard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Writes pieces of the trail as a FHIR R4 Bundle of AuditEvents. */
@Component
public final class FhirAuditEvents {

    /** Made when the first piece is asked for: it takes a while, and few nodes are ever asked. */
    private final Supplier<FhirContext> fhir = SingletonSupplier.of(FhirContext::forR4);

    /**
     * @param self the address of this piece
     * @param next that of the next; null where none is left
     */
    public void write(List<AuditEntry> entries, String self, @Nullable String next, Writer to) throws IOException {
        Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
        bundle.addLink().setRelation("self").setUrl(self);
        if (next != null) {
            bundle.addLink().setRelation("next").setUrl(next);
        }
        for (AuditEntry entry : entries) {
            bundle.addEntry()
                    .setFullUrl(
                            "urn:uuid:" + UUID.nameUUIDFromBytes(entry.hash().getBytes(UTF_8)))
                    .setResource(FhirAuditEvent.of(entry))
                    .getSearch()
                    .setMode(SearchEntryMode.MATCH);
        }
        fhir.get().newJsonParser().encodeResourceToWriter(bundle, to);
    }
}

package org.tumorboard.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.tumorboard.audit.AuditEntry;
import org.tumorboard.audit.AuditFilter;
import org.tumorboard.audit.AuditQueries;
import org.tumorboard.audit.FhirAuditEvents;
import org.tumorboard.audit.Verification;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** The audit trail in pieces, and whether its chain is whole. Whoever reads it, is in it. */
@RestController
final class AuditApi {

    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;
    private static final String FHIR = "/api/audit.fhir";
    private static final int USUAL_BUNDLE = 500;
    private static final int MOST_OF_A_BUNDLE = 1_000;

    private final AuditQueries trail;
    private final Verification verification;
    private final FhirAuditEvents fhir;
    private final PersonalDeeds deeds;
    private final ExportsOnRecord exports;

    AuditApi(
            AuditQueries trail,
            Verification verification,
            FhirAuditEvents fhir,
            PersonalDeeds deeds,
            ExportsOnRecord exports) {
        this.trail = trail;
        this.verification = verification;
        this.fhir = fhir;
        this.deeds = deeds;
        this.exports = exports;
    }

    @GetMapping(path = "/api/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    AuditPiece entries(AuditAsked asked, HttpServletResponse response) {
        AuditFilter filter = asked.filter();
        deeds.did(Deed.READ_AUDIT, filter.caseId(), "api");
        return piece(asked, filter, response);
    }

    /** The header {@code Link} leads to the next piece. */
    @GetMapping(path = "/api/audit", produces = "text/csv;charset=UTF-8")
    List<AuditEntry> rows(AuditAsked asked, HttpServletResponse response) {
        return piece(asked, asked.filter(), response).entries();
    }

    /** The next piece is the bundle's link {@code next}. */
    @GetMapping("/api/audit.fhir")
    void bundle(AuditAsked asked, HttpServletRequest request, HttpServletResponse response) throws IOException {
        AuditFilter filter = asked.filter();
        Long before = asked.numberBefore();
        int most = asked.limit(USUAL_BUNDLE, MOST_OF_A_BUNDLE);
        exports.record(request, "fhir");
        AuditPiece piece = AuditPiece.of(trail, filter, before, most);
        String base = ServletUriComponentsBuilder.fromContextPath(request).toUriString();
        String self = base + (before == null ? asked.link(FHIR) : asked.older(FHIR, before));
        response.setContentType("application/fhir+json;charset=UTF-8");
        fhir.write(
                piece.entries(),
                self,
                piece.before() == null ? null : base + asked.older(FHIR, piece.before()),
                response.getWriter());
    }

    @GetMapping(path = "/api/audit/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    AuditCheck verify(@RequestParam(defaultValue = "") String noted) {
        deeds.did(Deed.READ_AUDIT, null, "verify");
        return AuditCheck.of(verification, noted);
    }

    private AuditPiece piece(AuditAsked asked, AuditFilter filter, HttpServletResponse response) {
        AuditPiece piece = AuditPiece.of(trail, filter, asked.numberBefore(), asked.limit(USUAL, MOST));
        if (piece.before() != null) {
            response.setHeader(
                    HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(asked.older("/api/audit", piece.before())));
        }
        return piece;
    }
}

package org.tumorboard.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.audit.AuditEntry;
import org.tumorboard.audit.AuditFilter;
import org.tumorboard.audit.AuditQueries;
import org.tumorboard.audit.Verification;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** The audit trail in pieces, and whether its chain is whole. Whoever reads it, is in it. */
@RestController
final class AuditApi {

    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;

    private final AuditQueries trail;
    private final Verification verification;
    private final PersonalDeeds deeds;

    AuditApi(AuditQueries trail, Verification verification, PersonalDeeds deeds) {
        this.trail = trail;
        this.verification = verification;
        this.deeds = deeds;
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

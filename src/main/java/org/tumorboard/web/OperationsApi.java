package org.tumorboard.web;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the engine runs, for machines: what the page says. */
@RestController
final class OperationsApi {

    private final OperationsFinder finder;

    OperationsApi(OperationsFinder finder) {
        this.finder = finder;
    }

    @GetMapping(path = "/api/operations", produces = MediaType.APPLICATION_JSON_VALUE)
    OperationsView operations() {
        return finder.now();
    }
}

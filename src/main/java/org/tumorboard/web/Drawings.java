package org.tumorboard.web;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.pathway.ModelQueries;

/** The BPMN of a model, for the diagram on the case page. */
@RestController
final class Drawings {

    private final ModelQueries models;

    Drawings(ModelQueries models) {
        this.models = models;
    }

    @GetMapping(path = "/models/{definitionId}", produces = MediaType.APPLICATION_XML_VALUE)
    String drawing(@PathVariable String definitionId) {
        return models.drawing(definitionId)
                .orElseThrow(() -> new NotFoundException("there is no model " + definitionId));
    }
}

package org.tumorboard.web;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.tumorboard.pathway.AwaitedWork;

/** When departments were last heard, how late their events are taken, and which steps wait for them. */
@RestController
final class DepartmentApi {

    private final DepartmentFinder finder;

    DepartmentApi(DepartmentFinder finder) {
        this.finder = finder;
    }

    @GetMapping(
            path = "/api/departments",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv;charset=UTF-8"})
    List<DepartmentRow> departments() {
        return finder.all();
    }

    @GetMapping(
            path = "/api/departments/{department}/steps",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv;charset=UTF-8"})
    List<AwaitedWork.Step> steps(@PathVariable String department) {
        return finder.steps(department);
    }
}

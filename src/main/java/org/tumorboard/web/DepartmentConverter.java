package org.tumorboard.web;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;
import org.tumorboard.event.Department;

/** Reads a department by its name on the wire, {@code gamma-knife}. */
@Component
final class DepartmentConverter implements Converter<String, Department> {

    @Override
    public Department convert(String slug) {
        return Department.of(slug)
                .orElseThrow(() -> new IllegalArgumentException("expected a department, but got '" + slug + "'"));
    }
}

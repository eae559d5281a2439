package org.tumorboard.bench;

import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.tumorboard.Application;

/** Leaves components out that stand among the tests: only the application itself is measured. */
final class OnlyTheApplication extends TypeExcludeFilter {

    private static final String APPLICATION = Application.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        return !reader.getResource().getURL().toString().contains(APPLICATION);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OnlyTheApplication;
    }

    @Override
    public int hashCode() {
        return OnlyTheApplication.class.hashCode();
    }
}

package org.tumorboard.web;

import java.util.Collection;
import java.util.stream.Collectors;
import org.tumorboard.event.StorableText;

/** A request says something that is none of the values its field may have. */
final class UnknownValueException extends RuntimeException {

    UnknownValueException(String field, Collection<?> allowed, String got) {
        super("%s: expected one of %s, but got '%s'"
                .formatted(
                        field,
                        allowed.stream().map(Object::toString).collect(Collectors.joining(", ")),
                        StorableText.shown(got, 80)));
    }
}

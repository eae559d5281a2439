package org.tumorboard.web;

/** What a request names does not exist. */
final class NotFoundException extends RuntimeException {

    NotFoundException(String message) {
        super(message);
    }
}

package org.tumorboard.web;

import org.springframework.http.HttpStatus;

/** What somebody sent from a page is not theirs to do, or does not fit. */
final class RefusedFormException extends RuntimeException {

    private final HttpStatus status;

    private RefusedFormException(HttpStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    static RefusedFormException notYours(String sentence) {
        return new RefusedFormException(HttpStatus.FORBIDDEN, sentence);
    }

    static RefusedFormException unfit(String sentence) {
        return new RefusedFormException(HttpStatus.BAD_REQUEST, sentence);
    }

    HttpStatus status() {
        return status;
    }
}

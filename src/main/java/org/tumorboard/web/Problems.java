package org.tumorboard.web;

import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.ObjectUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.tumorboard.event.StorableText;

/** What the API says when it cannot: problem+json with a sentence, never a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(annotations = RestController.class)
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int LONGEST_SHOWN = 80;

    static ResponseEntity<Object> of(HttpStatus status, String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(NotFoundException e) {
        return of(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> unknownValue(UnknownValueException e) {
        return of(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler({
        DataAccessException.class,
        TransactionException.class,
        CompletionException.class,
        KafkaException.class
    })
    ResponseEntity<Object> serverAway(Exception e) {
        LOG.warn("a request failed because a server does not answer: {}", e.toString());
        return of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the database or the broker does not answer; try again, an event with the same source and id");
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e) {
        LOG.error("a request failed", e);
        return of(HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the log says what");
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return of(HttpStatus.BAD_REQUEST, sentence(e));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return of(HttpStatus.BAD_REQUEST, "body: expected a JSON object in UTF-8, but it is none");
    }

    /** Names the field, and what it may say. */
    static String sentence(TypeMismatchException e) {
        return "%s: expected %s, but got '%s'"
                .formatted(
                        e.getPropertyName(),
                        expected(e.getRequiredType()),
                        StorableText.shown(ObjectUtils.nullSafeToString(e.getValue()), LONGEST_SHOWN));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == int.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        Object[] constants = type == null ? null : type.getEnumConstants();
        return constants == null
                ? "a value of another form"
                : "one of " + Stream.of(constants).map(Object::toString).collect(Collectors.joining(", "));
    }
}

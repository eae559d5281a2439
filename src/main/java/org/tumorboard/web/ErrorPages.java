package org.tumorboard.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.KafkaException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;

/** What is shown when something is missing or goes wrong: a page for people, problem+json for programs. */
@Controller
final class ErrorPages implements ErrorController {

    private static final String SERVER_AWAY =
            "The database or the broker does not answer. Look again in a moment, also whether what you sent was done.";

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    String page(HttpServletRequest request, HttpServletResponse response, Model model) {
        HttpStatus status = status(request);
        response.setStatus(status.value());
        model.addAttribute("status", status.value());
        model.addAttribute("title", status.getReasonPhrase());
        model.addAttribute("detail", detail(status));
        return "error";
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case TOO_MANY_REQUESTS -> "There were too many attempts to sign in. Please wait a little before the next one.";
            case SERVICE_UNAVAILABLE -> SERVER_AWAY;
            default -> "";
        };
    }

    @RequestMapping("/error")
    ResponseEntity<Object> problem(HttpServletRequest request) {
        HttpStatus status = status(request);
        ProblemDetail problem = ProblemDetail.forStatus(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            problem.setDetail(SERVER_AWAY);
        }
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** Whoever signs in is put on record: without the database, a request fails before it reaches a page or a call. */
    private static boolean isServerAway(HttpServletRequest request) {
        Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return thrown instanceof DataAccessException || thrown instanceof TransactionException;
    }

    private static HttpStatus status(HttpServletRequest request) {
        if (isServerAway(request)) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        return status == null ? HttpStatus.NOT_FOUND : status;
    }

    /** What a page asks for does not exist, is not understood or is not this person's to do. */
    @ControllerAdvice(annotations = Controller.class)
    static final class Refusals {

        private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

        @ExceptionHandler
        String notFound(NotFoundException e, Model model, HttpServletResponse response) {
            return page(HttpStatus.NOT_FOUND, e.getMessage(), model, response);
        }

        @ExceptionHandler
        String unknownValue(UnknownValueException e, Model model, HttpServletResponse response) {
            return page(HttpStatus.BAD_REQUEST, e.getMessage(), model, response);
        }

        @ExceptionHandler
        String refused(RefusedFormException e, Model model, HttpServletResponse response) {
            return page(e.status(), e.getMessage(), model, response);
        }

        @ExceptionHandler
        String mistyped(MethodArgumentTypeMismatchException e, Model model, HttpServletResponse response) {
            return page(HttpStatus.BAD_REQUEST, Problems.sentence(e), model, response);
        }

        @ExceptionHandler
        String unreadable(ResponseStatusException e, Model model, HttpServletResponse response) {
            return page(HttpStatus.valueOf(e.getStatusCode().value()), e.getReason(), model, response);
        }

        @ExceptionHandler({
            DataAccessException.class,
            TransactionException.class,
            CompletionException.class,
            KafkaException.class
        })
        String serverAway(Exception e, Model model, HttpServletResponse response) {
            LOG.warn("a page failed because a server does not answer: {}", e.toString());
            return page(HttpStatus.SERVICE_UNAVAILABLE, SERVER_AWAY, model, response);
        }

        private static String page(
                HttpStatus status, @Nullable String detail, Model model, HttpServletResponse response) {
            response.setStatus(status.value());
            model.addAttribute("status", status.value());
            model.addAttribute("title", status.getReasonPhrase());
            model.addAttribute("detail", detail);
            return "error";
        }
    }
}

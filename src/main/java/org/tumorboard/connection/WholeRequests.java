package org.tumorboard.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ReadListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.AsyncContextCallback;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Hands a request to the application once its body is here, as a buffering proxy would: a sender that takes its time costs
 * memory within a bound, and no thread. It uses the server's own non-blocking input, before the application knows of the
 * request. What does not come in time is answered 408, what is too large 413, what loses its place to others 503, and then
 * the connection is closed.
 */
final class WholeRequests implements Adapter {

    private final Adapter application;
    private final Served served;
    private final BodyMemory memory;
    private final long largest;
    private final long withinMillis;

    /**
     * @param served is told of each request that the application gets
     * @param largest body in bytes
     * @param within after which it must be here
     */
    WholeRequests(Adapter application, Served served, BodyMemory memory, long largest, Duration within) {
        this.application = application;
        this.served = served;
        this.memory = memory;
        this.largest = largest;
        this.withinMillis = within.toMillis();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        AwaitedBody body = AwaitedBody.of(request);
        if (request.getContentLengthLong() > largest) {
            refuse(Refusal.TOO_LARGE, request, response);
        } else if (isHere(request)) {
            serve(request, response, body);
        } else {
            await(request, response, body);
        }
    }

    private static boolean isHere(Request request) {
        if (request.isFinished()) {
            return true;
        }
        request.action(ActionCode.AVAILABLE, false);
        long length = request.getContentLengthLong();
        return length >= 0 && request.getAvailable() >= length;
    }

    private void serve(Request request, Response response, AwaitedBody body) throws Exception {
        served.one();
        try {
            application.service(request, response);
        } finally {
            releaseAtEnd(response, body);
        }
    }

    private void releaseAtEnd(Response response, AwaitedBody body) {
        AtomicBoolean goesOn = new AtomicBoolean();
        response.action(ActionCode.ASYNC_IS_ASYNC, goesOn);
        if (!goesOn.get()) {
            memory.release(body);
        }
    }

    /** Tells the server to call again when there is something to read; what is here already is read after this returns. */
    private void await(Request request, Response response, AwaitedBody body) {
        request.setRequestThread();
        try {
            memory.await(body);
            response.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
            request.action(ActionCode.ASYNC_START, NOBODY);
            request.action(ActionCode.ASYNC_SETTIMEOUT, withinMillis);
            request.setReadListener(new Arrival(request, body));
        } finally {
            request.clearRequestThread();
        }
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        AwaitedBody body = AwaitedBody.of(request);
        if (body.isAwaited()) {
            request.setRequestThread();
            try {
                return goOn(request, response, body, event);
            } finally {
                request.clearRequestThread();
            }
        }
        served.one();
        try {
            return application.asyncDispatch(request, response, event);
        } finally {
            releaseAtEnd(response, body);
        }
    }

    /** Returns whether the connection may be used on. */
    private boolean goOn(Request request, Response response, AwaitedBody body, SocketEvent event) throws Exception {
        return switch (event) {
            case OPEN_READ -> read(request, response, body);
            case OPEN_WRITE -> true;
            case TIMEOUT -> {
                request.action(ActionCode.ASYNC_TIMEOUT, new AtomicBoolean());
                giveUp(request, body);
                refuse(Refusal.TOO_SLOW, request, response);
                yield true;
            }
            default -> {
                giveUp(request, body);
                yield false;
            }
        };
    }

    private boolean read(Request request, Response response, AwaitedBody body) throws Exception {
        try {
            request.onDataAvailable();
        } catch (Refused e) {
            giveUp(request, body);
            refuse(e.refusal, request, response);
            return true;
        } catch (BadRequestException e) {
            giveUp(request, body);
            refuse(Refusal.NO_BODY, request, response);
            return true;
        } catch (IOException senderIsGone) {
            giveUp(request, body);
            return false;
        }
        if (!body.isAwaited()) {
            request.action(ActionCode.ASYNC_DISPATCH, null);
            request.action(ActionCode.ASYNC_DISPATCHED, null);
            serve(request, response, body);
        }
        return true;
    }

    /** Takes bytes as long as there are some. */
    private final class Arrival implements ReadListener {

        private final Request request;
        private final AwaitedBody body;

        Arrival(Request request, AwaitedBody body) {
            this.request = request;
            this.body = body;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (!request.isFinished() && request.isReady()) {
                ByteBuffer bytes = body.next();
                if (bytes != null && bytes.hasRemaining()) {
                    keep(bytes);
                }
            }
            if (request.isFinished() && !memory.complete(body)) {
                throw new Refused(Refusal.NO_ROOM);
            }
        }

        private void keep(ByteBuffer bytes) throws Refused {
            if (body.size() + (long) bytes.remaining() > largest) {
                throw new Refused(Refusal.TOO_LARGE);
            }
            if (!memory.add(body, bytes)) {
                throw new Refused(Refusal.NO_ROOM);
            }
        }

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable fault) {}
    }

    private void giveUp(Request request, AwaitedBody body) {
        memory.release(body);
        request.action(ActionCode.ASYNC_COMPLETE, null);
        request.action(ActionCode.ASYNC_POST_PROCESS, null);
    }

    private enum Refusal {
        NO_BODY(400, "Bad Request", "expected a body of chunks, but they cannot be read"),
        TOO_SLOW(408, "Request Timeout", "the body did not come in time"),
        TOO_LARGE(413, "Content Too Large", "the body is larger than any that is taken here"),
        NO_ROOM(503, "Service Unavailable", "too many bodies come at a time; try again");

        private final int status;
        private final String title;
        private final String detail;

        Refusal(int status, String title, String detail) {
            this.status = status;
            this.title = title;
            this.detail = detail;
        }

        byte[] problem() {
            return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                    .formatted(title, status, detail)
                    .getBytes(UTF_8);
        }
    }

    private static final class Refused extends IOException {

        private final Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.detail);
            this.refusal = refusal;
        }
    }

    /** What else is sent is not waited for. */
    private void refuse(Refusal refusal, Request request, Response response) throws IOException {
        byte[] problem = refusal.problem();
        response.setStatus(refusal.status);
        response.setContentType("application/problem+json");
        response.setContentLength(problem.length);
        response.setHeader("Connection", "close");
        response.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        response.doWrite(ByteBuffer.wrap(problem));
        response.action(ActionCode.CLOSE, null);
        application.log(request, response, 0);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        memory.release(AwaitedBody.of(request));
        application.checkRecycled(request, response);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return application.prepare(request, response);
    }

    @Override
    public void log(Request request, Response response, long time) {
        application.log(request, response, time);
    }

    @Override
    public String getDomain() {
        return application.getDomain();
    }

    /** No application knows of the request yet. */
    private static final AsyncContextCallback NOBODY = new AsyncContextCallback() {
        @Override
        public void fireOnComplete() {}

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void incrementInProgressAsyncCount() {}

        @Override
        public void decrementInProgressAsyncCount() {}
    };
}

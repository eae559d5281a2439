package org.tumorboard.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;

/** The web server as the application gets it, with a few threads, and pages that tell what they were asked. */
final class Server implements AutoCloseable {

    private static final String THREADS = "8";

    private final BlockingQueue<AsyncContext> streams = new LinkedBlockingQueue<>();
    private final WebServer server;

    Server(ConnectionProperties limits) {
        this(limits, null);
    }

    Server(ConnectionProperties limits, @Nullable Ssl ssl) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        new ConnectionConfiguration().guardedConnections(limits).customize(factory);
        factory.addConnectorCustomizers(connector -> connector.setProperty("maxThreads", THREADS));
        factory.addConnectorCustomizers(connector -> connector.setProperty("acceptCount", "1000"));
        factory.setSsl(ssl);
        server = factory.getWebServer(context -> {
            context.addServlet("quick", new Quick()).addMapping("/quick");
            context.addServlet("form", new Form()).addMapping("/form");
            context.addServlet("echo", new Echo()).addMapping("/echo");
            context.addServlet("large", new Large()).addMapping("/large");
            var later = context.addServlet("later", new Later());
            later.addMapping("/later");
            later.setAsyncSupported(true);
            var stream = context.addServlet("stream", new Stream());
            stream.addMapping("/stream");
            stream.setAsyncSupported(true);
        });
        server.start();
    }

    int port() {
        return server.getPort();
    }

    Sender connect() throws IOException {
        return new Sender(port());
    }

    /** The other end of a stream that was asked for. */
    AsyncContext stream() throws InterruptedException {
        return streams.take();
    }

    @Override
    public void close() {
        server.stop();
        server.destroy();
    }

    private static final class Quick extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("quick");
        }
    }

    private static final class Large extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (int each = 0; each < 2_000; each++) {
                response.getOutputStream().write(new byte[10_000]);
            }
        }
    }

    /** Its fields are read by the server. */
    private static final class Form extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("name=" + request.getParameter("name"));
        }
    }

    private static final class Echo extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = request.getInputStream().readAllBytes();
            String shown = body.length > 100 ? "" : new String(body, UTF_8);
            response.getWriter().print("length=%d sum=%d %s".formatted(body.length, sum(body), shown));
        }
    }

    static int sum(byte[] bytes) {
        int sum = 0;
        for (byte each : bytes) {
            sum = 31 * sum + each;
        }
        return sum;
    }

    /** Answers from another thread. */
    private static final class Later extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext context = request.startAsync();
            context.start(() -> {
                try {
                    context.getResponse()
                            .getWriter()
                            .print("later="
                                    + new String(
                                            context.getRequest()
                                                    .getInputStream()
                                                    .readAllBytes(),
                                            ISO_8859_1));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                context.complete();
            });
        }
    }

    private final class Stream extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            response.getWriter().print("first");
            response.flushBuffer();
            streams.add(context);
        }
    }
}

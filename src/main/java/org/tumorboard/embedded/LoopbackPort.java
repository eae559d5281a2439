package org.tumorboard.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports on 127.0.0.1, the only address the embedded servers listen on. */
final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    private LoopbackPort() {}

    /** The wanted port, or one that is free now when 0 is wanted. */
    static int orFree(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("expected a free port on " + HOST + ", but none could be opened", e);
        }
    }

    /**
     * Refuses a port that somebody listens on already.
     *
     * @param server  who wants the port, as the reader knows it
     * @param setting the environment variable that changes it
     */
    static void requireFree(int port, String server, String setting) {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    "Port %d on %s, wanted by %s, is taken: stop what uses it, or set %s to a free port."
                            .formatted(port, HOST, server, setting),
                    e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}

package org.tumorboard.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/** A connection to a server, byte by byte. */
final class Sender implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    Sender(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    Sender(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    Sender send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    Sender send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Whether the connection took it. */
    boolean trickle(String text) {
        try {
            send(text);
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    /** What comes until the server closes the connection. */
    String rest() throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] piece = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                all.append(new String(piece, 0, read, ISO_8859_1));
            }
        } catch (SocketException reset) {
            return all.toString();
        }
        return all.toString();
    }

    /** What comes up to and with a text. */
    String until(String end) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(end) < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new AssertionError("expected '%s', but the connection was closed after '%s'".formatted(end, all));
            }
            all.append((char) read);
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

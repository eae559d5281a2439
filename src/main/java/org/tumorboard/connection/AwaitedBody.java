package org.tumorboard.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the input of a server's request, of one after another: while a body is awaited it takes the bytes as they
 * come, and once it is whole the application reads it from here, at once. What is collected is guarded by {@link BodyMemory}.
 */
final class AwaitedBody implements InputBuffer {

    private static final int FIRST_SIZE = 8 * 1024;

    private final InputBuffer network;
    private final Piece piece = new Piece();
    private @Nullable ByteBuffer collected;
    private volatile boolean awaited;
    private volatile @Nullable ByteBuffer whole;

    private AwaitedBody(InputBuffer network) {
        this.network = network;
    }

    /** The one of a request, which is put before its input when it is first asked for. */
    static AwaitedBody of(Request request) {
        if (request.getInputBuffer() instanceof AwaitedBody body) {
            return body;
        }
        AwaitedBody body = new AwaitedBody(request.getInputBuffer());
        request.setInputBuffer(body);
        return body;
    }

    /** From here on until it is whole or given up. */
    void await() {
        awaited = true;
    }

    boolean isAwaited() {
        return awaited;
    }

    /**
     * Reads what is here.
     *
     * @return the bytes, none if there are none yet; null at the end
     * @throws IOException if the sender is gone, or sends what is no body
     */
    @Nullable
    ByteBuffer next() throws IOException {
        int read = network.doRead(piece);
        if (read < 0) {
            return null;
        }
        ByteBuffer bytes = piece.getByteBuffer();
        return read == 0 || bytes == null ? ByteBuffer.allocate(0) : bytes;
    }

    int size() {
        ByteBuffer bytes = collected;
        return bytes == null ? 0 : bytes.position();
    }

    void add(ByteBuffer bytes) {
        ByteBuffer before = collected == null ? ByteBuffer.allocate(FIRST_SIZE) : collected;
        if (before.remaining() < bytes.remaining()) {
            int needed = before.position() + bytes.remaining();
            before =
                    ByteBuffer.allocate(Math.max(needed, 2 * before.capacity())).put(before.flip());
        }
        collected = before.put(bytes);
    }

    /** All of it is here: now it can be read. */
    void complete() {
        awaited = false;
        whole = collected == null
                ? ByteBuffer.allocate(0)
                : collected.duplicate().flip();
    }

    /** Keeps nothing, but is still awaited: its sender is told with the next of its bytes. */
    void lose() {
        collected = null;
    }

    void forget() {
        awaited = false;
        collected = null;
        whole = null;
        piece.bytes = null;
    }

    /** For the application, which waits for nothing here. */
    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        ByteBuffer bytes = whole;
        if (bytes == null) {
            return network.doRead(handler);
        }
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int length = bytes.remaining();
        handler.setByteBuffer(bytes.duplicate());
        bytes.position(bytes.limit());
        return length;
    }

    @Override
    public int available() {
        ByteBuffer bytes = whole;
        return bytes == null ? network.available() : bytes.remaining();
    }

    /** Where the network's input says which bytes it has read. */
    private static final class Piece implements ApplicationBufferHandler {

        private @Nullable ByteBuffer bytes;

        @Override
        public void setByteBuffer(@Nullable ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public @Nullable ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            throw new IllegalStateException("expected bytes as they were read, but they shall grow to " + size);
        }
    }
}

package org.tumorboard.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What lies between the nodes and a server: forwards every connection to it, until it is cut, when all connections are
 * reset and new ones refused, or held, when nothing gets through and nobody is told.
 */
final class Wire implements AutoCloseable {

    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object state = new Object();
    private boolean isHeld;
    private volatile boolean isCut;

    private Wire(ServerSocket entrance, int target) {
        this.entrance = entrance;
        this.target = target;
    }

    static Wire to(int target) {
        try {
            Wire wire = new Wire(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
            wire.run("wire-" + target, wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Every connection ends at once, and none is made until {@link #heal()}. */
    void cut() {
        isCut = true;
        sockets.forEach(Wire::reset);
    }

    /** Nothing gets through, in either direction, until {@link #heal()}. */
    void hold() {
        synchronized (state) {
            isHeld = true;
        }
    }

    void heal() {
        isCut = false;
        synchronized (state) {
            isHeld = false;
            state.notifyAll();
        }
    }

    @Override
    public void close() {
        cut();
        heal();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException e) {
                // closed, or whoever came has gone again
            }
        }
    }

    private void connect(Socket near) throws IOException {
        sockets.add(near);
        Socket far;
        try {
            if (isCut) {
                throw new IOException("cut");
            }
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            reset(near);
            sockets.remove(near);
            return;
        }
        sockets.add(far);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        if (isCut) {
            reset(near);
            reset(far);
        }
        run("wire-out", () -> forward(near, far));
        run("wire-back", () -> forward(far, near));
    }

    private void forward(Socket from, Socket to) {
        byte[] bytes = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                awaitLetThrough();
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one end is gone, and with it the other
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitLetThrough() throws IOException {
        synchronized (state) {
            while (isHeld) {
                try {
                    state.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it was closed before
        }
    }

    private static void run(String name, Runnable loop) {
        Thread thread = new Thread(null, loop, name, 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }
}

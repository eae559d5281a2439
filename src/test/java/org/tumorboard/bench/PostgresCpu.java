package org.tumorboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of a PostgreSQL server: its first process, the children it has reaped, and those that live. */
final class PostgresCpu {

    /** Clock ticks a second in Linux' process statistics. */
    private static final double TICKS = 100;

    private PostgresCpu() {}

    /** User and system time so far in ms; NaN where there is no {@code /proc}. */
    static double millis(ProcessHandle server) {
        double ticks = ticks(server, true)
                + server.children().mapToDouble(child -> ticks(child, false)).sum();
        return 1000 * ticks / TICKS;
    }

    private static double ticks(ProcessHandle process, boolean withReapedChildren) {
        try {
            String statistics = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields =
                    statistics.substring(statistics.lastIndexOf(')') + 2).split(" ");
            double own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withReapedChildren ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
        } catch (IOException e) {
            // a child that has just ended is counted by its parent from now on
            return withReapedChildren ? Double.NaN : 0;
        }
    }
}

package org.tumorboard.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What had been spent up to an instant.
 *
 * @param appCpu of this JVM, all its threads, in ms
 * @param brokerCpu of the broker's JVM, in ms
 * @param postgresCpu of all PostgreSQL processes, in ms; NaN where the system does not tell
 * @param wal bytes of write-ahead log
 */
record Costs(double appCpu, double brokerCpu, double postgresCpu, double wal) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Costs upToNow(ProcessHandle broker, Database database) {
        return new Costs(
                SYSTEM.getProcessCpuTime() / 1e6,
                broker.info().totalCpuDuration().map(cpu -> cpu.toNanos() / 1e6).orElse(Double.NaN),
                PostgresCpu.millis(database.serverProcess()),
                database.walPosition());
    }

    Costs since(Costs before) {
        return new Costs(
                appCpu - before.appCpu,
                brokerCpu - before.brokerCpu,
                postgresCpu - before.postgresCpu,
                wal - before.wal);
    }

    Costs per(int events) {
        return new Costs(appCpu / events, brokerCpu / events, postgresCpu / events, wal / events);
    }
}

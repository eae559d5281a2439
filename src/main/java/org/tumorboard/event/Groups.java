package org.tumorboard.event;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The groups people belong to: one for each department, and those that stand beside the departments. */
public final class Groups {

    /** Signs decisions, waives and overrides. */
    public static final String BOARD_CHAIR = "board-chair";

    /** Told at the highest level of escalation. */
    public static final String MEDICAL_DIRECTION = "medical-direction";

    /** Reads, and changes nothing. */
    public static final String MANAGEMENT = "management";

    /** Keeps the engine running. */
    public static final String OPERATIONS = "operations";

    /** May do everything. */
    public static final String ADMIN = "admin";

    /** Tumor-board coordinators: they see every case and may speak for every department. */
    public static final String COORDINATION = Department.COORDINATION.slug();

    private static final List<String> ALL = Stream.concat(
                    Arrays.stream(Department.values()).map(Department::slug),
                    Stream.of(BOARD_CHAIR, MEDICAL_DIRECTION, MANAGEMENT, OPERATIONS, ADMIN))
            .toList();

    private Groups() {}

    public static List<String> all() {
        return ALL;
    }
}

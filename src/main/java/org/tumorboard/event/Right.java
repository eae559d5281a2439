package org.tumorboard.event;

import static org.tumorboard.event.Groups.ADMIN;
import static org.tumorboard.event.Groups.BOARD_CHAIR;
import static org.tumorboard.event.Groups.COORDINATION;
import static org.tumorboard.event.Groups.MANAGEMENT;
import static org.tumorboard.event.Groups.MEDICAL_DIRECTION;
import static org.tumorboard.event.Groups.OPERATIONS;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who may do what. This is the one table: engine, API and pages ask it, the README shows it, and what is not in it nobody
 * may do.
 */
public enum Right {
    READ_CASES("read cases: list, page, course, events of the case", Scope.ANYTHING, everyone()),
    READ_DASHBOARD("read the dashboard and its statistics", Scope.ANYTHING, everyone()),
    READ_STEPS(
            "read open steps",
            Scope.OWN,
            List.of(COORDINATION, BOARD_CHAIR, MEDICAL_DIRECTION, MANAGEMENT, OPERATIONS, ADMIN)),
    COMPLETE_STEPS("claim and complete steps", Scope.OWN, List.of(ADMIN)),
    READ_EVENTS("read what a department has sent, over all cases", Scope.OWN, List.of(COORDINATION, OPERATIONS, ADMIN)),
    SEND_EVENTS("send events", Scope.OWN, List.of(COORDINATION, ADMIN)),
    ACKNOWLEDGE("acknowledge notifications", Scope.OWN, List.of(COORDINATION, ADMIN)),
    PAUSE_CLOCK("pause and resume a clock", Scope.ANYTHING, List.of(COORDINATION, ADMIN)),
    WAIVE_CLOCK("waive a clock or a lower bound", Scope.ANYTHING, List.of(BOARD_CHAIR, ADMIN)),
    LOWER_URGENCY("lower the urgency of a case", Scope.ANYTHING, List.of(BOARD_CHAIR, ADMIN)),
    REDRIVE("apply a parked or failed event again", Scope.ANYTHING, List.of(COORDINATION, OPERATIONS, ADMIN)),
    ERASE_PATIENT("erase a patient's pseudonym", Scope.ANYTHING, List.of(ADMIN)),
    READ_PROCESSES("read running processes in Cockpit", Scope.ANYTHING, List.of(COORDINATION, OPERATIONS, ADMIN)),
    READ_AUDIT("read, check and export the audit trail", Scope.ANYTHING, List.of(MEDICAL_DIRECTION, ADMIN)),
    READ_OPERATIONS(
            "read the operations page and what refused records held", Scope.ANYTHING, List.of(OPERATIONS, ADMIN)),
    RETRY_WORK("have failed work of the engine tried again", Scope.ANYTHING, List.of(OPERATIONS, ADMIN)),
    READ_METRICS("read metrics", Scope.ANYTHING, List.of(OPERATIONS, ADMIN)),
    CHANGE_ENGINE("deploy models, make filters, change grants", Scope.ANYTHING, List.of(ADMIN));

    private enum Scope {
        OWN,
        ANYTHING
    }

    private final String deed;
    private final Scope scope;
    private final List<String> groups;

    Right(String deed, Scope scope, List<String> groups) {
        this.deed = deed;
        this.scope = scope;
        this.groups = groups;
    }

    private static List<String> everyone() {
        return Groups.all();
    }

    /** What it allows, in words. */
    public String deed() {
        return deed;
    }

    /** Whether every group has it for what belongs to that group. */
    public boolean isForOwn() {
        return scope == Scope.OWN;
    }

    /** Those who have it for everything. */
    public List<String> groups() {
        return groups;
    }

    /** Whether somebody has it for everything. */
    public boolean isOf(Predicate<String> isIn) {
        return groups.stream().anyMatch(isIn);
    }

    /**
     * Whether somebody has it for what belongs to one group.
     *
     * @param owner the group, for instance a department
     */
    public boolean isOf(Predicate<String> isIn, String owner) {
        return isOf(isIn) || isForOwn() && isIn.test(owner);
    }

    /** Its row in the README: the deed, and who may. */
    public String row() {
        String whoever = groups.equals(Groups.all()) ? "everyone" : String.join(", ", groups);
        return "| %s | %s |".formatted(deed, isForOwn() ? "its own: each group; all: " + whoever : whoever);
    }

    /** All rows. */
    public static List<String> rows() {
        return Arrays.stream(values()).map(Right::row).toList();
    }
}

package org.tumorboard.faults;

/** What goes wrong. */
enum Fault {
    NODE_KILLED("node: SIGKILL", 2),
    BROKER_KILLED("broker: SIGKILL", 4),
    POSTGRES_KILLED("PostgreSQL: SIGKILL, all processes", 5),
    NODE_PAUSED("node: stopped for longer than its session", 1),
    DATABASE_CUT("nodes to PostgreSQL: all connections reset", 2),
    DATABASE_HELD("nodes to PostgreSQL: nothing gets through", 1),
    BROKER_CUT("nodes to broker: all connections reset", 1),
    BROKER_HELD("nodes to broker: nothing gets through", 1);

    private final String words;
    private final int weight;

    Fault(String words, int weight) {
        this.words = words;
        this.weight = weight;
    }

    String words() {
        return words;
    }

    /** How often it is drawn, against others. A node needs long to start, so it is killed less often. */
    int weight() {
        return weight;
    }

    boolean isKill() {
        return this == NODE_KILLED || this == BROKER_KILLED || this == POSTGRES_KILLED;
    }
}

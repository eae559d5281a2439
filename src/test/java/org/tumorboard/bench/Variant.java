package org.tumorboard.bench;

/** Ways to bring the same events to the same models. */
enum Variant {
    BATCHES("inbox, a poll's records in one transaction"),
    ONE_BY_ONE("inbox, one transaction per record"),
    DIRECT("direct engine calls, one transaction a step, no Kafka in");

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}

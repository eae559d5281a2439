package org.tumorboard.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNamesTest {

    @Test
    void findsTheMetricsOfAnExpressionAndNothingElse() {
        assertThat(
                        MetricNames.namedBy(
                                "histogram_quantile(0.99, sum by (le, department) (rate(a_seconds_bucket{x=\"y z\"}[10m]))) > 1e3"))
                .containsExactly("a_seconds_bucket");
        assertThat(MetricNames.namedBy("max by (clock) (a_rate) and max by (clock) (b) >= 5"))
                .containsExactly("a_rate", "b");
        assertThat(MetricNames.namedBy("a != a")).containsExactly("a");
        assertThat(MetricNames.namedBy("up{job=\"b\"} == 0")).isEmpty();
    }

    @Test
    void findsTheMetricsOfAScrape() {
        assertThat(MetricNames.exposedBy("# HELP a said\n# TYPE a gauge\na{b=\"c\"} 1.0\nd 2.0\n"))
                .containsExactly("a", "d");
    }
}

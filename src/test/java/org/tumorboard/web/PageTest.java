package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Long lists in pieces. */
class PageTest {

    @Test
    void countsPagesAndReadsFromTheRightPlace() {
        Page<Long> second = Page.of(2, 101, List::of);

        assertThat(second).isEqualTo(new Page<>(List.of(50L), 2, 3, 101));
    }

    @Test
    void takesWhatLiesOutsideToTheNearestPage() {
        assertThat(Page.of(9, 101, List::of).page()).isEqualTo(3);
        assertThat(Page.of(-1, 101, List::of).page()).isEqualTo(1);
        assertThat(Page.of(1, 0, List::of).pages()).isEqualTo(1);
    }
}

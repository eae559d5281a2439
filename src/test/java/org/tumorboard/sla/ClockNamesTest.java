package org.tumorboard.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The pages' list of clocks and the policy's are the same. */
class ClockNamesTest {

    private static final Pattern CLOCK =
            Pattern.compile("id=\"Cell_sla-policy_[^\"]*_1\">\\s*<text>\"([a-z-]+)\"</text>");

    @Test
    void namesTheClocksOfThePolicyInItsOrder() throws IOException {
        String policy = new ClassPathResource("bpmn/sla-policy.dmn").getContentAsString(StandardCharsets.UTF_8);

        List<String> clocks = CLOCK.matcher(policy)
                .results()
                .map((MatchResult cell) -> cell.group(1))
                .distinct()
                .toList();

        assertThat(ClockNames.all()).isEqualTo(clocks);
    }
}

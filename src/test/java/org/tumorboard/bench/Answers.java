package org.tumorboard.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.ResponseEntity;

/** How long whoever asks waits for what pages show, beside ever more open cases. */
final class Answers {

    private static final List<String> QUESTIONS = List.of(
            "/api/cases",
            "/api/cases?urgency=URGENT&open=true",
            "/api/departments",
            "/api/departments/neurosurgery/steps",
            "/api/sla/clocks",
            "/api/sla/summary",
            "/api/operations",
            "/api/events",
            "/api/events?text=0042",
            "/actuator/prometheus");

    private static final int TIMES = 5;

    private final TestRestTemplate http;
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();
    private final List<Integer> besides = new ArrayList<>();

    Answers(TestRestTemplate http) {
        this.http = http.withBasicAuth("nobody", "nobody");
    }

    /** Asks each question some times, beside so many open cases. */
    void ask(int openCases) {
        besides.add(openCases);
        for (String question : QUESTIONS) {
            List<Double> taken = new ArrayList<>();
            for (int time = 0; time <= TIMES; time++) {
                long begun = System.nanoTime();
                ResponseEntity<String> answer = http.getForEntity(question, String.class);
                if (!answer.getStatusCode().is2xxSuccessful()) {
                    throw new IllegalStateException("%s: expected an answer, but %s %s"
                            .formatted(question, answer.getStatusCode(), answer.getBody()));
                }
                taken.add((System.nanoTime() - begun) / 1e6);
            }
            millis.computeIfAbsent(question, asked -> new ArrayList<>())
                    .add(Spread.of(taken.stream().skip(1).mapToDouble(Double::doubleValue))
                            .median());
        }
    }

    String table() {
        StringBuilder table = new StringBuilder("median ms until the answer is there, beside so many open cases\n\n");
        table.append("%-40s".formatted(""));
        besides.forEach(openCases -> table.append(String.format(Locale.ROOT, " %,10d", openCases)));
        millis.forEach((question, medians) -> {
            table.append("%n%-40s".formatted(question));
            medians.forEach(median -> table.append(String.format(Locale.ROOT, " %10.0f", median)));
        });
        return table.append('\n').toString();
    }
}

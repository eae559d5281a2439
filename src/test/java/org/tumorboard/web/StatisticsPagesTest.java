package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tumorboard.EngineTest;
import org.tumorboard.SettableClock;
import org.tumorboard.event.CaseId;
import org.tumorboard.event.Urgency;
import org.tumorboard.report.ARun;
import org.tumorboard.report.ClockStatisticsRows;
import org.tumorboard.sla.Milestones;
import org.tumorboard.sla.SlaClocks;

/** The page, its lists, the API and the CSV say the same numbers; long ago, where no other test has runs. */
@EngineTest
class StatisticsPagesTest {

    private static final Instant NOW = Instant.parse("2012-03-31T00:00:00Z");
    private static final Pattern NUMBER =
            Pattern.compile("<a\\s+href=\"(/dashboard/(?:runs|ways)[^\"]*)\"[^>]*>(?:<span>)?(\\d+)");
    private static final Pattern CSV_LINK = Pattern.compile("href=\"(/api/sla/tables/([a-z-]+)[^\"]*format=csv)\"");

    @Autowired
    TestRestTemplate http;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SlaClocks clocks;

    @Autowired
    Milestones milestones;

    @LocalServerPort
    int port;

    private ClockStatisticsRows rows;
    private Instant usual;

    @BeforeEach
    void prepare() {
        rows = new ClockStatisticsRows(jdbc, clocks, milestones, "pages-");
        usual = clock.instant();
        clock.set(NOW);
    }

    @AfterEach
    void removeRows() {
        clock.set(usual);
        rows.removeAll();
    }

    @Test
    void leadsFromEveryNumberToExactlyAsManyRunsOrCases() {
        rows.many(80, NOW.minus(Duration.ofDays(60)), NOW);

        Map<String, String> numbers = numbers(page("/dashboard/result"));

        assertThat(numbers).hasSizeGreaterThan(150);
        assertThat(numbers.values()).anyMatch(number -> number.length() > 2);
        numbers.forEach((link, number) -> assertThat(page(link)).as(link).contains("<h1>" + number + " "));
    }

    @Test
    void showsTheNumbersOfTheApi() {
        rows.many(80, NOW.minus(Duration.ofDays(60)), NOW);

        String page = page("/dashboard/result?department=neurosurgery&urgency=URGENT");
        JsonNode summary = api("/api/sla/summary?department=neurosurgery&urgency=URGENT");

        assertThat(summary.path("clocks")).hasSizeGreaterThan(1);
        for (String field : List.of("Runs:n", "Met:met", "Early:early", "Breached:breached")) {
            String label = field.substring(0, field.indexOf(':'));
            assertThat(column(page, label))
                    .as(label)
                    .startsWith(texts(summary.path("clocks"), field.substring(field.indexOf(':') + 1)));
        }
        JsonNode window = summary.path("window");
        assertThat(column(page, "Windows").subList(0, 3))
                .containsExactly(
                        window.path("early").asText(),
                        window.path("inside").asText(),
                        window.path("late").asText());
        assertThat(window.path("n").asInt()).isPositive();
    }

    @Test
    void givesEveryTableAsCsvRowForRow() {
        rows.many(40, NOW.minus(Duration.ofDays(40)), NOW);
        String page = page("/dashboard/result");
        List<MatchResult> links =
                CSV_LINK.matcher(page.replace("&amp;", "&")).results().toList();

        assertThat(links).hasSize(11);
        for (MatchResult link : links) {
            ResponseEntity<String> csv = get(link.group(1), "text/html");
            JsonNode json = api(link.group(1).replace("format=csv", "format=json"));

            assertThat(csv.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
            List<String> lines = csv.getBody().lines().toList();
            assertThat(lines).as(link.group(2)).hasSize(json.size() + 1);
            assertThat(lines.get(0)).isEqualTo(String.join(",", names(json.get(0))));
            for (int i = 0; i < json.size(); i++) {
                assertThat(lines.get(i + 1))
                        .startsWith(json.get(i).elements().next().asText());
            }
        }
        List<String> clocks = get("/api/sla/tables/clocks?format=csv", "text/html")
                .getBody()
                .lines()
                .skip(1)
                .map(line -> line.split(",")[1])
                .toList();
        assertThat(column(page, "Runs")).startsWith(clocks.toArray(String[]::new));
    }

    @Test
    void givesTheSummaryAsCsvToo() {
        rows.aCase("1", Urgency.URGENT, NOW.minus(Duration.ofDays(2)));
        rows.save(List.of(triage().stoppedAfter(Duration.ofMinutes(90))));

        ResponseEntity<String> csv = get("/api/sla/summary", "text/csv");

        assertThat(csv.getBody().lines().toList())
                .containsExactly(
                        "clock,n,met,early,breached,onTimeRate,low,high,target,previousRate,previousN,p50,p90,max",
                        "triage,1,1,0,0,1.0,0.20654931437723745,1.0,0.9,,0,5400,5400,5400");
    }

    @Test
    void listsTheWholeOfALongListWhenAsked() {
        rows.many(10, NOW.minus(Duration.ofDays(20)), NOW);

        String runs = page("/dashboard/runs?period=30d");
        JsonNode first = api("/api/sla/runs?period=30d");
        List<String> all = get("/api/sla/runs?period=30d&page=all", "text/csv")
                .getBody()
                .lines()
                .toList();

        int total = first.path("total").asInt();
        assertThat(total).isGreaterThan(Page.SIZE);
        assertThat(first.path("items")).hasSize(Page.SIZE);
        assertThat(all).hasSize(total + 1);
        assertThat(runs).contains("<h1>" + total + " runs</h1>").contains("All " + total + " as CSV");
        assertThat(Pattern.compile("<td data-label=\"Verdict\"").matcher(runs).results())
                .hasSize(Page.SIZE);
    }

    @Test
    void saysWhatIsNotThereInSentences() {
        String page = page("/dashboard/result");

        assertThat(page)
                .contains("No runs were decided in this period.")
                .contains("No resection window was decided in this period.")
                .contains("No runs were decided in these weeks.")
                .doesNotContain("NaN")
                .doesNotContain("null");
        assertThat(api("/api/sla/summary").path("clocks")).isEmpty();
    }

    @Test
    void drawsOneCase() {
        Instant detected = NOW.minus(Duration.ofDays(9));
        CaseId one = rows.aCase("1", Urgency.URGENT, detected);
        rows.reached(one, "detected", detected);
        rows.reached(one, "incision", detected.plus(Duration.ofDays(5)));
        rows.save(List.of(triage(), ARun.window(detected).ofCase("1").stoppedAfter(Duration.ofHours(30))));

        String page = page("/dashboard/result");

        assertThat(page).contains("1 breach</a>").doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(column(page, "Windows")).startsWith("0", "1", "0", "1");
    }

    @Test
    void refusesWhatItCannotReadAndNamesTheParameter() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("from=yesterday", "from: expected a date such as");
        wrong.put("to=2012-02-30", "to: expected a date such as");
        wrong.put("from=2012-03-01&to=2012-02-01", "from: expected an instant before the end of the period");
        wrong.put("period=1y", "period: expected 7d, 30d, 90d, 365d, but got '1y'");
        wrong.put("urgency=HURRY", "urgency: expected one of [STANDARD, URGENT, EMERGENCY], but got 'HURRY'");
        wrong.put("department=kitchen", "department: expected one of radiology");
        wrong.forEach((query, sentence) -> {
            ResponseEntity<JsonNode> refusal = admin().getForEntity("/api/sla/summary?" + query, JsonNode.class);
            ResponseEntity<String> page = get("/dashboard/result?" + query, "text/html");

            assertThat(refusal.getStatusCode()).as(query).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(refusal.getBody().path("detail").asText()).startsWith(sentence);
            assertThat(page.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(page.getBody().replace("&#39;", "'")).contains(sentence);
        });
        for (String query : List.of("hour=24", "verdict=LATE", "weekday=Monday", "page=minus", "protocol=x")) {
            assertThat(admin().getForEntity("/api/sla/runs?" + query, JsonNode.class)
                            .getBody()
                            .path("detail")
                            .asText())
                    .startsWith(query.substring(0, query.indexOf('=')) + ": expected");
        }
        assertThat(admin().getForEntity("/api/sla/ways?start=incision&end=detected", JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(admin().getForEntity("/api/sla/tables/none", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void takesDatesAndInstantsAsTheEndsOfThePeriod() {
        Instant start = Instant.parse("2012-02-10T08:00:00Z");
        rows.aCase("1", Urgency.URGENT, start);
        rows.save(List.of(ARun.of("triage", start, Duration.ofHours(4))
                .ofCase("1")
                .stoppedAt(Instant.parse("2012-02-10T10:00:00Z"))));

        assertThat(n("from=2012-02-10&to=2012-02-11")).isEqualTo(1);
        assertThat(n("from=2012-02-11&to=2012-02-12")).isZero();
        assertThat(n("from=2012-02-10T10:00:00Z&to=2012-02-11")).isEqualTo(1);
        assertThat(n("from=2012-02-10&to=2012-02-10T10:00:00Z")).isZero();
    }

    private int n(String query) {
        JsonNode clocks = api("/api/sla/summary?" + query).path("clocks");
        return clocks.isEmpty() ? 0 : clocks.get(0).path("n").asInt();
    }

    private static ARun triage() {
        return ARun.of("triage", NOW.minus(Duration.ofDays(2)), Duration.ofHours(4))
                .ofCase("1");
    }

    private static Map<String, String> numbers(String page) {
        Map<String, String> numbers = new LinkedHashMap<>();
        NUMBER.matcher(page).results().forEach(link -> {
            String before = numbers.put(link.group(1).replace("&amp;", "&"), link.group(2));
            assertThat(before == null || before.equals(link.group(2))).isTrue();
        });
        return numbers;
    }

    /** The first linked number of each cell with a label, in order. */
    private static List<String> column(String page, String label) {
        return Pattern.compile("data-label=\"" + label + "\"><a[^>]*>(\\d+)</a>")
                .matcher(page)
                .results()
                .map(cell -> cell.group(1))
                .toList();
    }

    private static String[] texts(JsonNode rows, String field) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.path(field).asText()));
        return texts.toArray(String[]::new);
    }

    private static List<String> names(JsonNode row) {
        return Stream.of(row)
                .flatMap(node -> node.properties().stream())
                .map(Map.Entry::getKey)
                .toList();
    }

    private String page(String path) {
        ResponseEntity<String> page = get(path, "text/html");
        assertThat(page.getStatusCode()).as(path).isEqualTo(HttpStatus.OK);
        return page.getBody();
    }

    private JsonNode api(String path) {
        ResponseEntity<JsonNode> answer = admin().getForEntity(URI.create(url(path)), JsonNode.class);
        assertThat(answer.getStatusCode()).as(path).isEqualTo(HttpStatus.OK);
        return answer.getBody();
    }

    private ResponseEntity<String> get(String path, String accept) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT, accept);
        return admin().exchange(URI.create(url(path)), HttpMethod.GET, new HttpEntity<>(headers), String.class);
    }

    private String url(String path) {
        return "http://localhost:" + port + path;
    }

    private TestRestTemplate admin() {
        return http.withBasicAuth("admin", "test");
    }
}

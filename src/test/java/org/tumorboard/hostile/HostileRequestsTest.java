package org.tumorboard.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticCase;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.event.Urgency;

/** Thousands of hostile requests over all pages and calls there are: each is answered, and none with a fault of ours. */
@EngineTest
class HostileRequestsTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostileRequestsTest.class);
    private static final int REQUESTS = 1_600;
    private static final int OF_EACH_KIND = 40;
    private static final int SHARE_OF_FORMS = 6;
    private static final Pattern LEAK = Pattern.compile(
            "\\bat [a-z]+[.][\\w.$]+\\(|org[.](springframework|postgresql|camunda|apache)[.]|java[.]lang[.]String");
    private static final Pattern NAMED = Pattern.compile("\"detail\":\"[a-z, -]+: expected ");
    private static final long MOST_HEAP_GROWTH = 200L * 1024 * 1024;

    @Autowired
    WebApplicationContext application;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    Clock clock;

    @LocalServerPort
    int port;

    private MockMvc http;

    @BeforeEach
    void theDoorsAreWatched() {
        http = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
    }

    @Test
    void areAnsweredWithoutAFault() throws Exception {
        HostileRequests hostile = new HostileRequests(Seed.random(HostileRequestsTest.class));
        List<HostileRequests.Door> doors = doors();
        long heap = HostileRecordsTest.heapInUse();
        List<String> wrong = new ArrayList<>();

        for (int each = 0; each < REQUESTS; each++) {
            HostileRequests.Door door = doors.get(each % doors.size());
            MockHttpServletResponse answer = answer(hostile.knock(door));
            if (answer.getStatus() >= 500
                    || LEAK.matcher(answer.getContentAsString()).find()) {
                String said = answer.getContentAsString();
                wrong.add("%d %s: %d %s"
                        .formatted(each, door, answer.getStatus(), said.substring(0, Math.min(300, said.length()))));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(HostileRecordsTest.heapInUse() - heap).as("bytes kept").isLessThan(MOST_HEAP_GROWTH);
    }

    @Test
    void areAnsweredByTheNameOfTheHeader() throws Exception {
        Random random = Seed.random(HostileRequestsTest.class);
        SyntheticEvent good = SyntheticCase.of(990_001, clock.instant().minusSeconds(3600), Urgency.URGENT, 1)
                .throughTreatment()
                .get(0);
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (int each = 0; each < OF_EACH_KIND; each++) {
            for (HostileHeader kind : HostileHeader.values()) {
                check(
                        kind.name(),
                        kind.source(good, "header-" + each + "-" + kind, random),
                        kind.status(),
                        counts,
                        wrong);
            }
            check("TWICE", HostileHeader.twice(good, random), 400, counts, wrong);
            check("OTHERWISE", HostileHeader.otherwise(good, random), 400, counts, wrong);
        }

        LOG.info("hostile headers by kind: {}", counts);
        assertThat(wrong).isEmpty();
        assertThat(counts)
                .hasSize(HostileHeader.values().length + 2)
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isEqualTo(OF_EACH_KIND));
    }

    private void check(
            String kind,
            MockHttpServletRequestBuilder request,
            int status,
            Map<String, Integer> counts,
            List<String> wrong)
            throws Exception {
        counts.merge(kind, 1, Integer::sum);
        MockHttpServletResponse answer = answer(request);
        String said = answer.getContentAsString();
        if (answer.getStatus() != status
                || status == 400 && !NAMED.matcher(said).find()) {
            wrong.add("%s: %d %s".formatted(kind, answer.getStatus(), said));
        }
    }

    @Test
    void areToldWhichFieldIsWrong() throws Exception {
        for (String field : List.of("text", "urgency", "page", "mine")) {
            MockHttpServletResponse page = answer(get("/").param(field, "a\0b"));
            assertThat(page.getStatus()).as(field).isEqualTo(400);
            assertThat(page.getContentAsString()).contains(field + ": expected");
        }
        assertThat(answer(get("/dashboard/clocks").param("page", "abc")).getContentAsString())
                .contains("page: expected a whole number, but got &#39;abc&#39;");
        assertThat(answer(get("/api/cases").param("department", "\0")).getContentAsString())
                .contains("department: expected text");
        MockHttpServletResponse escape =
                answer(post("/api/events/radiology").header("ce-id", "%zz").content("{}"));
        assertThat(escape.getStatus()).isEqualTo(400);
        assertThat(escape.getContentAsString()).contains("ce-id: expected percent signs");
        assertThat(answer(post("/api/events/radiology").content(new byte[300_000]))
                        .getStatus())
                .isEqualTo(413);
        assertThat(answer(post("/api/events/redrive")
                                .header("Content-Type", "application/json")
                                .content("{\"source\":\"//x\",\"id\":\"a\\u0000b\"}"))
                        .getContentAsString())
                .contains("source, id: expected");
    }

    @Test
    void areAnsweredByTheServerEvenWhenTheyAreNoHttp() throws Exception {
        Random random = Seed.random(HostileRequestsTest.class);
        List<String> wrong = new ArrayList<>();
        for (String request : RawRequests.all(random)) {
            String answer = RawRequests.answer(port, request);
            if (answer.startsWith("HTTP/1.1 5") || LEAK.matcher(answer).find()) {
                wrong.add(request.substring(0, Math.min(200, request.length())) + "\n=> " + answer);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(RawRequests.answer(port, "GET /actuator/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user("admin").roles("admin")).with(csrf()))
                .andReturn()
                .getResponse();
    }

    /** All but the stream, which stays open; those that take a body more often. */
    private List<HostileRequests.Door> doors() {
        List<HostileRequests.Door> doors = new ArrayList<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, handler) -> {
            RequestMethod method = mapping.getMethodsCondition().getMethods().stream()
                    .findFirst()
                    .orElse(RequestMethod.GET);
            for (String pattern : mapping.getPatternValues()) {
                HostileRequests.Door door =
                        HostileRequests.Door.of(HttpMethod.valueOf(method.name()), pattern, handler);
                if (!pattern.endsWith("/stream")) {
                    for (int share = 0; share < (method == RequestMethod.GET ? 1 : SHARE_OF_FORMS); share++) {
                        doors.add(door);
                    }
                }
            }
        });
        return doors;
    }
}

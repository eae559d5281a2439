package org.tumorboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tumorboard.EngineTest;
import org.tumorboard.embedded.SyntheticEvent;
import org.tumorboard.flow.Scene;

/** Every page there is works under its content policy: a browser that visits it has nothing to complain about. */
@EngineTest
class EveryPageTest {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** Where a page cannot do without a question. */
    private static final Map<String, String> QUESTIONS = Map.of(
            "/dashboard/occurrences", "?kind=exceptions",
            "/dashboard/ways", "?start=detected&end=incision");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping handlers;

    @Autowired
    Scene scene;

    @Autowired
    Clock clock;

    @LocalServerPort
    int port;

    @Test
    void worksUnderItsContentPolicy() {
        List<SyntheticEvent> story = scene.urgentCase(clock.instant()).throughTreatment();
        scene.said(story.get(0));
        Map<String, String> places =
                Map.of("caseId", Scene.caseOf(story).value(), "department", "radiology", "type", "imaging-reported");

        try (Visit visit = Visit.by("admin", port)) {
            for (String pattern : pages()) {
                String path = PLACE.matcher(pattern).replaceAll(place -> filled(place.group(1), places, pattern));

                Page page = visit.at(path + QUESTIONS.getOrDefault(pattern, ""));

                page.waitForLoadState(LoadState.LOAD);
                assertThat(page.locator("main").count()).as(path).isOne();
                assertThat(visit.complaints()).as(path).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/camunda/app/tasklist/default/, text=open work",
        "/camunda/app/cockpit/default/, .dashboard",
        "/camunda/app/admin/default/, .dashboard"
    })
    void worksInCamundasPagesUnderTheirs(String path, String place) {
        try (Visit visit = Visit.by("admin", port)) {
            open(visit, path, place);

            assertThat(visit.complaints()).isEmpty();
        }
    }

    /** On a busy machine Camunda's loader may give up on the first visit, for which its parts are still being made. */
    private static void open(Visit visit, String path, String place) {
        for (int visits = 1; ; visits++) {
            visit.complaints().clear();
            try {
                visit.at(path).locator(place).first().waitFor();
                return;
            } catch (TimeoutError e) {
                if (visits == 3) {
                    throw e;
                }
            }
        }
    }

    /** What answers GET with a page. */
    private TreeSet<String> pages() {
        TreeSet<String> pages = new TreeSet<>();
        handlers.getHandlerMethods().forEach((mapping, handler) -> {
            if (isPage(mapping, handler)) {
                pages.addAll(mapping.getPatternValues());
            }
        });
        assertThat(pages).contains("/", "/cases/{caseId}", "/dashboard", "/login");
        return pages;
    }

    private static boolean isPage(RequestMappingInfo mapping, HandlerMethod handler) {
        return handler.getReturnType().getParameterType() == String.class
                && handler.getBeanType().getPackageName().startsWith("org.tumorboard")
                && !handler.getBeanType().equals(ErrorPages.class)
                && mapping.getProducesCondition().isEmpty()
                && (mapping.getMethodsCondition().isEmpty()
                        || mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET));
    }

    private static String filled(String place, Map<String, String> places, String pattern) {
        return Matcher.quoteReplacement(Stream.ofNullable(places.get(place))
                .findFirst()
                .orElseThrow(() -> new AssertionError("say here what {" + place + "} of " + pattern + " may be")));
    }
}

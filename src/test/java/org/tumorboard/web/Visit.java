package org.tumorboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/** Somebody who signs in with a real browser and looks around; whatever the console complains about is kept. */
public final class Visit implements AutoCloseable {

    private static final List<Path> CHROMIUM = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
            .map(Path::of)
            .toList();

    private final List<String> complaints = new ArrayList<>();
    private final Playwright playwright;
    private final Page page;

    private Visit(int port, ColorScheme scheme, int width, int height) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Path chromium = CHROMIUM.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected a Chromium at one of " + CHROMIUM));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox")));
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL("http://127.0.0.1:" + port)
                .setColorScheme(scheme)
                .setTimezoneId("UTC")
                .setLocale("en-GB")
                .setViewportSize(width, height));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(complaints::add);
    }

    /** Somebody who has not signed in yet. */
    public static Visit stranger(int port) {
        return new Visit(port, ColorScheme.LIGHT, 1440, 900);
    }

    static Visit by(String user, int port) {
        return by(user, port, ColorScheme.LIGHT, 1440, 900);
    }

    static Visit by(String user, int port, ColorScheme scheme, int width, int height) {
        Visit visit = new Visit(port, scheme, width, height);
        try {
            visit.signIn(user);
            return visit;
        } catch (RuntimeException e) {
            visit.close();
            throw e;
        }
    }

    private void signIn(String user) {
        page.navigate("/login");
        page.getByLabel("Name").fill(user);
        page.getByLabel("Password").fill("test");
        page.getByText("Sign in").last().click();
        page.waitForURL("**/");
    }

    Page page() {
        return page;
    }

    public Page at(String path) {
        page.navigate(path);
        return page;
    }

    /** Errors on the console, violations of the content policy among them. */
    public List<String> complaints() {
        return complaints;
    }

    /** What axe finds serious or critical on the page at hand, with the places. */
    @SuppressWarnings("unchecked")
    List<String> faults() throws IOException {
        page.evaluate("(() => {%s})()".formatted(axe()));
        return (List<String>)
                page.evaluate(
                        """
                async () => {
                  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                  return violations
                    .filter(violation => ['serious', 'critical'].includes(violation.impact))
                    .map(violation => `${violation.id}: ${violation.nodes.map(node => node.html).join(' | ')}`);
                }
                """);
    }

    private static String axe() throws IOException {
        return new ClassPathResource("META-INF/resources/webjars/axe-core/4.6.3/axe.min.js").getContentAsString(UTF_8);
    }

    @Override
    public void close() {
        playwright.close();
    }
}

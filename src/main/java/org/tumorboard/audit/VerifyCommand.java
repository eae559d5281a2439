package org.tumorboard.audit;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar application.jar --verify-audit[=NUMBER:HASH]}: goes through the chain of the configured database and
 * says in a sentence whether it is whole. Nothing but the connection to the database is made.
 */
public final class VerifyCommand {

    static final int WHOLE = 0;
    static final int BROKEN = 1;
    static final int UNKNOWN = 2;

    private static final String OPTION = "--verify-audit";

    private final PrintStream output;
    private final PrintStream complaints;

    VerifyCommand(PrintStream output, PrintStream complaints) {
        this.output = output;
        this.complaints = complaints;
    }

    /** All of the application that is needed; no component, so that the application itself does not find it. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    @Import({AuditTable.class, Verification.class})
    static class OnlyTheTrail {}

    /** Whether this is asked for instead of a start. */
    public static boolean isAsked(String[] arguments) {
        return noted(arguments).isPresent();
    }

    /**
     * @return the exit code: 0 if the chain is whole, 1 if it is broken, 2 if that could not be found out
     */
    public static int run(String[] arguments) {
        return new VerifyCommand(System.out, System.err).check(arguments);
    }

    int check(String[] arguments) {
        try {
            Noted noted = read(noted(arguments).orElse(""));
            try (ConfigurableApplicationContext trail = open(arguments)) {
                return tell(trail.getBean(Verification.class).verify(noted));
            }
        } catch (RuntimeException e) {
            complaints.println("The audit trail could not be checked: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return UNKNOWN;
        }
    }

    private static @Nullable Noted read(String noted) {
        return noted.isBlank() ? null : Noted.parse(noted);
    }

    private static ConfigurableApplicationContext open(String[] arguments) {
        return new SpringApplicationBuilder(OnlyTheTrail.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=off")
                .run(arguments);
    }

    private int tell(Verification.Result result) {
        if (result instanceof Verification.Result.Broken broken) {
            output.printf("The audit trail is broken at entry %d: %s.%n", broken.number(), broken.reason());
            return BROKEN;
        }
        Verification.Result.Intact intact = (Verification.Result.Intact) result;
        output.printf("The chain of %d entries is whole; its head is %s%n", intact.entries(), intact.note());
        return WHOLE;
    }

    private static Optional<String> noted(String[] arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.equals(OPTION) || argument.startsWith(OPTION + "="))
                .map(argument -> argument.equals(OPTION) ? "" : argument.substring(OPTION.length() + 1))
                .findFirst();
    }
}

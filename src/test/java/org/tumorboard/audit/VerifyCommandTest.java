package org.tumorboard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tumorboard.Application;
import org.tumorboard.EngineTest;
import org.tumorboard.TestServers;
import org.tumorboard.embedded.EmbeddedServers;
import org.tumorboard.event.Deed;
import org.tumorboard.event.PersonalDeeds;

/** The trail is checked from a terminal, in a process of its own beside the running application. */
@EngineTest
class VerifyCommandTest {

    @Autowired
    PersonalDeeds deeds;

    @Autowired
    Verification verification;

    /** What a process said, on both streams, and how it ended. */
    private record Ended(int code, String said) {}

    @Test
    void saysThatTheChainIsWholeAndNamesItsHead() throws Exception {
        deeds.did(Deed.EXPORTED, null, "test");
        String head = head();

        Ended ended = run("--verify-audit=" + head);

        assertThat(ended.said().strip())
                .isEqualTo("The chain of %s entries is whole; its head is %s".formatted(head.split(":")[0], head));
        assertThat(ended.code()).isZero();
    }

    @Test
    void namesTheFirstBrokenLink() throws Exception {
        deeds.did(Deed.EXPORTED, null, "test");
        long beyond = Long.parseLong(head().split(":")[0]) + 1;

        Ended ended = run("--verify-audit=%d:%s".formatted(beyond, "0".repeat(64)));

        assertThat(ended.said().strip())
                .isEqualTo(
                        "The audit trail is broken at entry %d: the trail ends with entry %d, but entry %d was noted."
                                .formatted(beyond, beyond - 1, beyond));
        assertThat(ended.code()).isOne();
    }

    @Test
    void endsApartWhereItCannotTell() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int code = new VerifyCommand(System.out, new PrintStream(said, true, UTF_8))
                .check(new String[] {"--verify-audit=seven"});

        assertThat(code).isEqualTo(2);
        assertThat(said.toString(UTF_8)).startsWith("The audit trail could not be checked: expected number:hash");
    }

    private String head() {
        return ((Verification.Result.Intact) verification.verify(null)).note();
    }

    private static Ended run(String option) throws IOException, InterruptedException {
        EmbeddedServers servers = TestServers.running();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                option));
        command.add("--spring.datasource.url=" + servers.jdbcUrl());
        command.add("--spring.datasource.username=" + servers.username());
        command.add("--spring.datasource.password=" + servers.password());
        command.add("--spring.kafka.bootstrap-servers=nowhere:1");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), said);
    }
}

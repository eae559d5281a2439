package org.tumorboard.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** Only a password that is hard to guess is encoded, and in a way that the start takes. */
class PasswordCommandTest {

    private static final String GOOD = "violet tram under seven lakes";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @Test
    void printsWhatTheStartTakes() {
        int exit = encode("anna", GOOD);

        String encoded = output.toString(UTF_8).strip();
        assertThat(exit).isZero();
        assertThat(complaints.toString(UTF_8)).isEmpty();
        assertThat(PasswordEncoderFactories.createDelegatingPasswordEncoder().matches(GOOD, encoded))
                .isTrue();
        var anna = new SecurityProperties.User("anna", encoded, Set.of("coordination"));
        assertThat(new Accounts(List.of(anna), false, false).knows("anna")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "anna, short-Pw1!, at least 12 characters",
        "anna, violet Anna under seven lakes, without the name",
        "anna, passwordpassword, harder to guess",
        "anna, aaaaaaaaaaaaaaaa, harder to guess",
        "anna, qwertyuiop123456, harder to guess",
        "anna, TumorBoard2026!, harder to guess",
        "'', violet tram under seven lakes violet tram under seven lakes violet tram under, at most 72 bytes"
    })
    void refusesWhatIsGuessedAndSaysWhy(String name, String password, String reason) {
        int exit = encode(name, password);

        assertThat(exit).isOne();
        assertThat(output.size()).isZero();
        assertThat(complaints.toString(UTF_8)).contains(reason).doesNotContain(password);
    }

    @Test
    void refusesNothingAtAll() {
        assertThat(encode("anna", "")).isOne();
        assertThat(complaints.toString(UTF_8)).contains("standard input");
    }

    @Test
    void isAskedForByItsOptionOnly() {
        assertThat(PasswordCommand.isAsked(new String[] {"--encode-password=anna"}))
                .isTrue();
        assertThat(PasswordCommand.isAsked(new String[] {"--encode-password"})).isTrue();
        assertThat(PasswordCommand.isAsked(new String[] {"--server.port=0"})).isFalse();
    }

    private int encode(String name, String password) {
        return new PasswordCommand(
                        new ByteArrayInputStream((password + "\n").getBytes(UTF_8)),
                        new PrintStream(output, true, UTF_8),
                        new PrintStream(complaints, true, UTF_8))
                .encode(name);
    }
}

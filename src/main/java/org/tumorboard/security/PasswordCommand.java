package org.tumorboard.security;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/**
 * {@code java -jar application.jar --encode-password=NAME}: reads a password from the terminal, unseen, or from standard
 * input, and prints it encoded, as the configuration wants it; what the policy refuses is not encoded.
 */
public final class PasswordCommand {

    private static final String OPTION = "--encode-password";

    private final InputStream input;
    private final PrintStream output;
    private final PrintStream complaints;

    PasswordCommand(InputStream input, PrintStream output, PrintStream complaints) {
        this.input = input;
        this.output = output;
        this.complaints = complaints;
    }

    /** Whether this is asked for instead of a start. */
    public static boolean isAsked(String[] arguments) {
        return name(arguments).isPresent();
    }

    /**
     * @return the exit code: 0, or 1 if there is no password or the policy refuses it
     */
    public static int run(String[] arguments) {
        return new PasswordCommand(System.in, System.out, System.err)
                .encode(name(arguments).orElse(""));
    }

    int encode(String name) {
        String password = read();
        if (password == null || password.isEmpty()) {
            complaints.println("Expected a password on standard input, but there is none.");
            return 1;
        }
        Optional<String> complaint = PasswordPolicy.complaint(name, password);
        if (complaint.isPresent()) {
            complaints.printf("This password is refused: %s.%n", complaint.get());
            return 1;
        }
        output.println(
                PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(password));
        return 0;
    }

    private @Nullable String read() {
        Console console = input == System.in ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? null : new String(typed);
        }
        try {
            return new BufferedReader(new InputStreamReader(input, Charset.defaultCharset())).readLine();
        } catch (IOException e) {
            complaints.println("The password could not be read: " + e.getMessage());
            return null;
        }
    }

    private static Optional<String> name(String[] arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.equals(OPTION) || argument.startsWith(OPTION + "="))
                .map(argument -> argument.equals(OPTION) ? "" : argument.substring(OPTION.length() + 1))
                .findFirst();
    }
}

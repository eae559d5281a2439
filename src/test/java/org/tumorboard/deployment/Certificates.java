package org.tumorboard.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A key for 127.0.0.1 that signs itself, and its certificate for those who are to trust it. */
public record Certificates(Path keyStore, Path trusted, String password) {

    public static Certificates in(Path directory) throws IOException, InterruptedException {
        Certificates made =
                new Certificates(directory.resolve("broker.p12"), directory.resolve("trusted.pem"), "test-only-secret");
        keytool(
                made,
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(made, "-exportcert", "-rfc", "-file", made.trusted.toString());
        return made;
    }

    private static void keytool(Certificates made, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "-alias",
                                        "broker",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        made.keyStore.toString(),
                                        "-storepass",
                                        made.password)))
                .toList();
        Path said = Files.createTempFile("keytool", ".txt");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("expected keytool to succeed, but it said " + Files.readString(said));
        }
    }
}

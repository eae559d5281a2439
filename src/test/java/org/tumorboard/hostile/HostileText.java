package org.tumorboard.hostile;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Text and bytes that somebody sends who is broken, careless or means harm. */
final class HostileText {

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\uFEFFradiology",
            "\u202Egnp.exe",
            "\r\nSet-Cookie: taken=1",
            "'; drop table tumor_case; --",
            "\" or \"\" = \"",
            "%",
            "%00",
            "%zz",
            "%%%",
            "_%\\",
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1:1/x}",
            "${T(java.lang.Runtime).getRuntime().exec('id')}",
            "#{1/0}",
            "__${7*7}__::.x",
            "{{7*7}}",
            "NaN",
            "Infinity",
            "-1",
            "0",
            "2147483648",
            "-9223372036854775809",
            "1e999999999",
            "0x7fffffff",
            "+1000000000-12-31T23:59:60Z",
            "2026-02-30",
            "-999999999-01-01T00:00:00Z",
            "true",
            "null",
            "undefined",
            "[]",
            "{}",
            "ﬀİıſK",
            "😀",
            "Ω≈ç√∫˜µ≤",
            "(((((((((((((((((((((((((a+)+)+)+)+)+)+)+)+)+)$",
            "http://169.254.169.254/latest/meta-data",
            "javascript:alert(1)");

    private final Random random;

    HostileText(Random random) {
        this.random = random;
    }

    String any() {
        return switch (random.nextInt(6)) {
            case 0 -> longer(NASTY.get(random.nextInt(NASTY.size())));
            case 1 -> noise(1 + random.nextInt(40));
            default -> NASTY.get(random.nextInt(NASTY.size()));
        };
    }

    private String longer(String text) {
        return (text + "x").repeat(1 + 4000 / (text.length() + 1));
    }

    /** Any characters at all, also halves of pairs. */
    String noise(int length) {
        StringBuilder noise = new StringBuilder();
        for (int at = 0; at < length; at++) {
            noise.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        }
        return noise.toString();
    }

    byte[] garbage(int length) {
        byte[] garbage = new byte[length];
        random.nextBytes(garbage);
        return garbage;
    }

    /** A document with a flaw: cut off, a byte turned over, in another encoding, nested without end, or far too large. */
    byte[] broken(String json) {
        byte[] whole = json.getBytes(UTF_8);
        return switch (random.nextInt(10)) {
            case 0 -> java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> turned(whole);
            case 2 -> json.getBytes(UTF_16);
            case 3 -> ("\uFEFF\uFEFF" + json).getBytes(UTF_8);
            case 4 -> "[".repeat(50_000).getBytes(UTF_8);
            case 5 -> ("{\"patientRef\":".repeat(20_000) + "1" + "}".repeat(20_000)).getBytes(UTF_8);
            case 6 -> json.replace("\"", "'").getBytes(UTF_8);
            case 7 -> garbage(random.nextInt(2000));
            case 8 -> ("[" + "9".repeat(20_000) + "," + "1e" + "9".repeat(100) + "]").getBytes(UTF_8);
            default -> new byte[0];
        };
    }

    private byte[] turned(byte[] whole) {
        for (int times = 0; times < 8; times++) {
            whole[random.nextInt(whole.length)] ^= (byte) (0x80 | random.nextInt(128));
        }
        return whole;
    }
}

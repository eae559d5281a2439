package org.tumorboard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the fields of an entry: for each its length in bytes as a 4-byte number, −1 for null, and then its UTF-8,
 * so that no two entries give the same bytes. Times are ISO-8601 in UTC, to the microsecond as the database keeps them.
 */
final class ChainHash {

    /** What comes before the first entry. */
    static final String NOTHING = "0".repeat(64);

    private static final String FORM = "tumorboard-audit-1";

    private ChainHash() {}

    /** Over all that it says, and not over the hash that it brings. */
    static String of(AuditEntry entry) {
        return sha256(bytes(
                FORM,
                Long.toString(entry.number()),
                entry.at().truncatedTo(ChronoUnit.MICROS).toString(),
                entry.deed(),
                entry.person(),
                entry.groups(),
                entry.origin(),
                entry.caseId(),
                entry.subject(),
                entry.previous()));
    }

    private static byte[] bytes(@Nullable String... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String field : fields) {
            byte[] text = field == null ? new byte[0] : field.getBytes(UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(field == null ? -1 : text.length)
                    .array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java, but it is missing", e);
        }
    }
}

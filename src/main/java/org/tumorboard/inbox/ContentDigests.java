package org.tumorboard.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.GeneralSecurityException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tumorboard.event.InboundEvent;

/**
 * Tells a duplicate from another event under a used id: a keyed digest of what an event says, in whatever order and spelling
 * it says it. How it came – correlation, trace, key – is no part of it. Of the digest alone nobody learns the content.
 */
@Component
class ContentDigests {

    private static final String ALGORITHM = "HmacSHA256";

    private final JdbcClient jdbc;
    private final JsonMapper sorted = JsonMapper.builder()
            .configure(JsonNodeFeature.WRITE_PROPERTIES_SORTED, true)
            .build();
    private volatile @Nullable SecretKeySpec key;

    ContentDigests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In Base64. */
    String of(InboundEvent event) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(canonical(event).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected " + ALGORITHM, e);
        }
    }

    /**
     * Whether an event says the same as the one that came first. Of one from before digests the data tell; what was cleared or
     * erased cannot be told any more and counts as the same.
     */
    boolean saysTheSame(InboundEvent again, InboxEntry first) {
        String digest = first.remarks().digest();
        if (digest != null) {
            return digest.equals(of(again));
        }
        return first.data() == null
                || !first.data().has("patientRef") && !first.data().has("unit")
                || first.data().path("patientRef").asText().startsWith(PatientErasure.ERASED)
                || written(again).equals(written(InboxTable.event(first).normal()));
    }

    /** As exact as the database keeps an instant. */
    private String canonical(InboundEvent event) {
        return String.join(
                "\n",
                event.type().shortName(),
                event.subject() == null ? "" : event.subject().value(),
                event.time().truncatedTo(ChronoUnit.MICROS).toString(),
                written(event));
    }

    private String written(InboundEvent event) {
        try {
            return sorted.writeValueAsString(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected data to be JSON", e);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            known = new SecretKeySpec(
                    jdbc.sql("select key from digest_key").query(byte[].class).single(), ALGORITHM);
            key = known;
        }
        return known;
    }
}

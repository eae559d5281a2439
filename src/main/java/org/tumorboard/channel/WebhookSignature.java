package org.tumorboard.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what a webhook carries: HMAC-SHA-256 over id, time and body, in base64 after {@code v1,}, as Standard Webhooks
 * (standardwebhooks.com) says, so that its libraries can verify it.
 */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    WebhookSignature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    /**
     * @param epochSecond when it is sent; the other side refuses what is old
     */
    String of(String id, long epochSecond, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed =
                    mac.doFinal("%s.%d.%s".formatted(id, epochSecond, body).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected HMAC-SHA-256 to be there", e);
        }
    }
}

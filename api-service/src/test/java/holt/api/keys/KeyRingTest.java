package holt.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final KeyRing ring = new KeyRing();
    private final KeySecret secret = KeySecret.draw(KeySecret.drawId());

    @Test
    void aKeyIsFoundByItsSecretAlone() {
        AccessKey key = write(null);
        KeySecret other = KeySecret.draw(key.id());

        assertThat(ring.find(secret, NOW)).contains(key);
        assertThat(ring.find(other, NOW)).isEmpty();
        assertThat(ring.find(KeySecret.draw(KeySecret.drawId()), NOW)).isEmpty();
    }

    @Test
    @DisplayName("R160: a revoked key opens nothing")
    void aRevokedKeyIsNotFound() {
        ring.written(write(null).revokedAt(NOW));

        assertThat(ring.find(secret, NOW)).isEmpty();
        assertThat(ring.hasValid(NOW)).isFalse();
    }

    @Test
    void anExpiredKeyIsNotFound() {
        write(NOW.plusSeconds(10));

        assertThat(ring.find(secret, NOW.plusSeconds(9))).isPresent();
        assertThat(ring.find(secret, NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void aNewSecretEndsTheOldOne() {
        KeySecret next = KeySecret.draw(secret.id());
        ring.written(write(null).withDigest(next.digest()));

        assertThat(ring.find(secret, NOW)).isEmpty();
        assertThat(ring.find(next, NOW)).isPresent();
    }

    @Test
    void theRecordTellsNothingOfTheSecret() {
        String record = new String(Codec.encode(write(null)), StandardCharsets.UTF_8);

        assertThat(record).contains(secret.id()).doesNotContain(secret.text().substring(16));
        assertThat(secret.toString()).doesNotContain(secret.text().substring(16));
    }

    private AccessKey write(@Nullable Instant expires) {
        var key =
                new AccessKey(
                        secret.id(),
                        "otter",
                        null,
                        Set.of(Scope.USER),
                        Limits.USUAL,
                        secret.digest(),
                        NOW,
                        expires,
                        null);
        ring.written(key);
        return key;
    }
}

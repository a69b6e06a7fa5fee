package holt.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.protocol.StoredObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClaimCheckTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final ClaimCheck claims =
            new ClaimCheck(store, () -> Instant.parse("2026-03-01T23:59:59Z"));

    @Test
    @DisplayName("R75: requests and outcomes over 64 KiB travel as claim checks")
    void isNeededBeyond64KiB() {
        assertThat(ClaimCheck.isNeededFor(new byte[65_536])).isFalse();
        assertThat(ClaimCheck.isNeededFor(new byte[65_537])).isTrue();
    }

    @Test
    void returnsTheBytesForTheClaim() {
        byte[] bytes = "a long prompt".getBytes(UTF_8);

        StoredObject claim = claims.put(bytes);

        assertThat(claims.get(claim)).isEqualTo(bytes);
        assertThat(claim.size()).isEqualTo(13);
        assertThat(claim.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    @DisplayName("R75: claim checks lie under claims/<day>/")
    void drawsAnotherKeyEachTimeUnderTheDay() {
        StoredObject one = claims.put(new byte[] {1});
        StoredObject two = claims.put(new byte[] {1});

        assertThat(one.key()).startsWith("claims/2026-03-01/").isNotEqualTo(two.key());
        assertThat(one.sha256()).isEqualTo(two.sha256());
    }

    @Test
    void refusesBytesThatWereChanged() {
        StoredObject claim = claims.put(new byte[] {1, 2, 3});
        store.put(claim.key(), new byte[] {1, 2, 4}, "application/octet-stream");

        assertThatThrownBy(() -> claims.get(claim)).isInstanceOf(DamagedObjectException.class);
    }

    @Test
    void saysThatTheObjectIsGone() {
        StoredObject claim = claims.put(new byte[] {1});
        store.delete(claim.key());

        assertThatThrownBy(() -> claims.get(claim)).isInstanceOf(ObjectNotFoundException.class);
    }
}

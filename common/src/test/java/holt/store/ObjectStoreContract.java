package holt.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every object store must do, the fake and the real one alike. */
public abstract class ObjectStoreContract {
    private final String prefix = "contract/" + UUID.randomUUID() + "/";

    /** A store that is up; the suite works under a prefix of its own. */
    protected abstract ObjectStore store();

    @Test
    void givesBackWhatWasPutByteForByte() {
        byte[] megabytes = new byte[3 << 20];
        new Random(7).nextBytes(megabytes);

        store().put(prefix + "image.png", megabytes, "image/png");

        assertThat(store().get(prefix + "image.png")).isEqualTo(megabytes);
    }

    @Test
    void keepsAnEmptyObject() {
        store().put(prefix + "empty", new byte[0], "application/octet-stream");

        assertThat(store().get(prefix + "empty")).isEmpty();
    }

    @Test
    void theLastPutWins() {
        store().put(prefix + "key", "first".getBytes(UTF_8), "text/plain");
        store().put(prefix + "key", "second".getBytes(UTF_8), "text/plain");

        assertThat(store().get(prefix + "key")).asString(UTF_8).isEqualTo("second");
    }

    @Test
    void saysThatAnObjectIsMissing() {
        assertThatThrownBy(() -> store().get(prefix + "nothing"))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(prefix + "nothing");
    }

    @Test
    void deletesAndDoesNotMindDeletingTwice() {
        store().put(prefix + "key", new byte[] {1}, "application/octet-stream");

        store().delete(prefix + "key");

        assertThatThrownBy(() -> store().get(prefix + "key"))
                .isInstanceOf(ObjectNotFoundException.class);
        assertThatCode(() -> store().delete(prefix + "key")).doesNotThrowAnyException();
    }

    @Test
    void listsExactlyThePrefixInOrderWithSizesAndTimes() {
        store().put(prefix + "b/2", new byte[20], "application/octet-stream");
        store().put(prefix + "b/1", new byte[10], "application/octet-stream");
        store().put(prefix + "a", new byte[1], "application/octet-stream");

        var listed = store().list(prefix + "b/").toList();

        assertThat(listed)
                .extracting(StoredKey::key)
                .containsExactly(prefix + "b/1", prefix + "b/2");
        assertThat(listed).extracting(StoredKey::size).containsExactly(10L, 20L);
        assertThat(listed)
                .allSatisfy(stored ->
                        assertThat(stored.lastModified())
                                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
    }

    @Test
    void listsMoreThanOnePage() {
        IntStream.range(0, 1_005)
                .parallel()
                .forEach(i -> store().put(prefix + "many/" + i, new byte[1], "text/plain"));

        assertThat(store().list(prefix + "many/")).hasSize(1_005);
    }

    @Test
    void takesKeysWithSpacesAndUmlauts() {
        String key = prefix + "ein Bär + 100%.png";

        store().put(key, new byte[] {42}, "image/png");

        assertThat(store().get(key)).containsExactly(42);
        assertThat(store().list(prefix + "ein")).extracting(StoredKey::key).containsExactly(key);
    }

    @Test
    void signsUrlsThatDifferByKey() {
        assertThat(store().presign(prefix + "a", Duration.ofMinutes(5)))
                .isNotEqualTo(store().presign(prefix + "b", Duration.ofMinutes(5)));
    }

    @Test
    void signsUrlsWithMoreInTheQuery() {
        var url = store().presign(prefix + "a", Duration.ofMinutes(5), Map.of("x-more", "a b"));

        assertThat(url.getQuery()).contains("x-more=a");
        assertThat(url)
                .isNotEqualTo(
                        store().presign(
                                        prefix + "a",
                                        Duration.ofMinutes(5),
                                        Map.of("x-more", "b")));
    }
}

package holt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckStoreTest {
    private static final StoreKeys KEYS = new StoreKeys("otter", "fish");

    /** The time that has passed in pauses alone. */
    private Duration passed = Duration.ZERO;

    private Runnable afterPause = () -> {};
    private final CheckStore check =
            new CheckStore(
                    () -> passed.toNanos(),
                    time -> {
                        passed = passed.plus(time);
                        afterPause.run();
                    });

    @Test
    void aStoreThatServesIsEmptyAgainAfterTheCheck() throws Exception {
        var store = new InMemoryObjectStore();

        check.check(store, "in memory");

        assertThat(store.list("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "SignatureDoesNotMatch", "InvalidAccessKeyId"})
    void aStoreThatRefusesIsNamedAtOnceInItsOwnWords(String code) throws Exception {
        try (var server = new FakeS3();
                var store = new S3ObjectStore(StoreSettings.of(server.endpoint(), KEYS))) {
            server.refusal = code;

            assertThatThrownBy(() -> check.check(store, "here"))
                    .isInstanceOf(StoreUnfitException.class)
                    .hasMessageContaining(
                            "the object store here refuses to store objects: "
                                    + code
                                    + " (no fish for you)")
                    .hasMessageContaining("HOLT_S3_SECRET_KEY");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsNamedWithItsAddress() throws IOException {
        try (var store = new S3ObjectStore(StoreSettings.of(nobody(), KEYS))) {
            assertThatThrownBy(() -> check.check(store, "there"))
                    .isInstanceOf(StoreUnfitException.class)
                    .hasMessageContaining("The object store did not answer")
                    .hasMessageContaining("at there. Check --s3");
        }
    }

    @Test
    void aStoreIsWaitedForForTwentySeconds() {
        var store = new InMemoryObjectStore();
        store.setDown(true);

        assertThatThrownBy(() -> check.check(store, "there"))
                .isInstanceOf(StoreUnfitException.class)
                .hasMessageContaining("down");

        assertThat(passed)
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(20).plusMillis(500));
    }

    @Test
    void aStoreThatAnswersAtLastServes() throws Exception {
        var store = new InMemoryObjectStore();
        store.setDown(true);
        afterPause = () -> store.setDown(passed.compareTo(Duration.ofSeconds(19)) < 0);

        check.check(store, "there");

        assertThat(passed).isEqualTo(Duration.ofSeconds(19));
    }

    @Test
    void aRefusalIsNotWaitedFor() throws Exception {
        try (var server = new FakeS3();
                var store = new S3ObjectStore(StoreSettings.of(server.endpoint(), KEYS))) {
            server.refusal = "AccessDenied";

            assertThatThrownBy(() -> check.check(store, "here"))
                    .isInstanceOf(StoreUnfitException.class);

            assertThat(passed).isZero();
        }
    }

    private static URI nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}

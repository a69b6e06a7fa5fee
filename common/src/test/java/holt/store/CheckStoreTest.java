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

    @Test
    void aStoreThatServesIsEmptyAgainAfterTheCheck() throws Exception {
        var store = new InMemoryObjectStore();

        CheckStore.check(store, "in memory", Duration.ZERO);

        assertThat(store.list("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "SignatureDoesNotMatch", "InvalidAccessKeyId"})
    void aStoreThatRefusesIsNamedAtOnceInItsOwnWords(String code) throws Exception {
        try (var server = new FakeS3();
                var store = new S3ObjectStore(StoreSettings.of(server.endpoint(), KEYS))) {
            server.refusal = code;

            assertThatThrownBy(() -> CheckStore.check(store, "here", Duration.ofDays(1)))
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
            assertThatThrownBy(() -> CheckStore.check(store, "there", Duration.ZERO))
                    .isInstanceOf(StoreUnfitException.class)
                    .hasMessageContaining("The object store did not answer")
                    .hasMessageContaining("at there. Check --s3");
        }
    }

    private static URI nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}

package holt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class S3ObjectStoreTest {
    private static final StoreKeys KEYS = new StoreKeys("otter", "fish");

    @Test
    void saysThatNobodyListensAtTheEndpoint() throws IOException {
        try (var store = new S3ObjectStore(StoreSettings.of(endpointWhereNobodyListens(), KEYS))) {
            assertThatThrownBy(() -> store.get("key"))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> store.put("key", new byte[1], "text/plain"))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> store.delete("key"))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> store.list("").toList())
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void signsUrlsWithoutAskingTheStore() throws IOException {
        URI endpoint = endpointWhereNobodyListens();
        try (var store = new S3ObjectStore(StoreSettings.of(endpoint, KEYS))) {
            URI url = store.presign("images/1.png", Duration.ofMinutes(10));

            assertThat(url.toString()).startsWith(endpoint + "/holt/images/1.png?");
            assertThat(url.getQuery()).contains("X-Amz-Expires=600").doesNotContain("fish");
        }
    }

    @Test
    void neverPrintsTheSecret() {
        var settings = StoreSettings.of(URI.create("http://127.0.0.1:9000"), KEYS);

        assertThat(settings.toString()).contains("otter").doesNotContain("fish");
    }

    @Test
    void saysWhatAnEndpointLooksLike() {
        assertThatThrownBy(() -> StoreSettings.of(URI.create("localhost:9000"), KEYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holt.store.endpoint");
    }

    private static URI endpointWhereNobodyListens() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}

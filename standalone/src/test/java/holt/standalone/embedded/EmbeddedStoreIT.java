package holt.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.store.ObjectStore;
import holt.store.ObjectStoreContract;
import holt.store.S3ObjectStore;
import holt.store.StoreKeys;
import holt.store.StoreSettings;
import holt.store.StoreUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreIT extends ObjectStoreContract {
    private static final StoreKeys KEYS = new StoreKeys("otter", "fish");

    @TempDir static Path directory;

    private static int port;
    private static EmbeddedStore server;
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        port = new KeptPorts(directory.resolve("ports.properties")).port("s3");
        server = EmbeddedStore.start(directory.resolve("objects"), port, KEYS);
        store = new S3ObjectStore(StoreSettings.of(server.endpoint(), KEYS));
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void refusesAWrongSecretAndAnUnknownUser() {
        for (var keys :
                new StoreKeys[] {new StoreKeys("otter", "crab"), new StoreKeys("seal", "fish")}) {
            try (var stranger = new S3ObjectStore(StoreSettings.of(server.endpoint(), keys))) {
                assertThatThrownBy(() -> stranger.put("key", new byte[1], "text/plain"))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("refused");
            }
        }
    }

    @Test
    void refusesARequestWithoutASignature() throws Exception {
        store.put("secret.txt", new byte[] {1}, "text/plain");

        assertThat(get(server.endpoint().resolve("/holt/secret.txt")).statusCode()).isEqualTo(403);
    }

    @Test
    void servesAPresignedUrlAndNothingElseWithIt() throws Exception {
        store.put("images/one.png", new byte[] {1, 2, 3}, "image/png");
        store.put("images/two.png", new byte[] {4, 5, 6}, "image/png");

        URI url = store.presign("images/one.png", Duration.ofMinutes(5));

        assertThat(get(url).statusCode()).isEqualTo(200);
        assertThat(get(url).body()).containsExactly(1, 2, 3);
        assertThat(get(url).headers().firstValue("content-type")).contains("image/png");
        assertThat(get(URI.create(url.toString().replace("one.png", "two.png"))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void servesAUrlForThePublicHostAndAllThatIsSignedInIt() throws Exception {
        store.put("images/one.png", new byte[] {1, 2, 3}, "image/png");
        var settings =
                new StoreSettings(
                        URI.create("http://127.0.0.1:1"),
                        URI.create("http://localhost:" + port),
                        "holt",
                        "us-east-1",
                        KEYS,
                        Duration.ofDays(7),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        null);
        try (var signer = new S3ObjectStore(settings)) {
            URI url =
                    signer.presign(
                            "images/one.png", Duration.ofMinutes(5), Map.of("x-holt-mark", "12"));

            assertThat(url).hasHost("localhost").hasParameter("x-holt-mark", "12");
            assertThat(get(url).body()).containsExactly(1, 2, 3);
            assertThat(get(URI.create(url.toString().replace("mark=12", "mark=13"))).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void keepsObjectsAndUrlsOverARestart() throws Exception {
        store.put("kept.txt", new byte[] {7}, "text/plain");
        URI url = store.presign("kept.txt", Duration.ofMinutes(5));

        server.close();
        server = EmbeddedStore.start(directory.resolve("objects"), port, KEYS);

        assertThat(get(url).body()).containsExactly(7);
    }

    private static HttpResponse<byte[]> get(URI url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
        }
    }
}

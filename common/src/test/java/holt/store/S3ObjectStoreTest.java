package holt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void signsUrlsForThePublicHost() throws IOException {
        try (var store =
                new S3ObjectStore(
                        settings(endpointWhereNobodyListens(), "https://pictures.example"))) {
            URI url = store.presign("images/1.png", Duration.ofMinutes(10));

            assertThat(url.toString()).startsWith("https://pictures.example/holt/images/1.png?");
        }
    }

    @ParameterizedTest
    @CsvSource({"us-east-1, false", "eu-central-1, true"})
    void createsABucketWithItsRegionUnlessThatIsTheUsualOne(String region, boolean named)
            throws IOException {
        try (var server = new FakeS3();
                var store = new S3ObjectStore(settings(server.endpoint(), region, null))) {
            store.put("key", new byte[1], "text/plain");

            assertThat(server.asked)
                    .filteredOn(asked -> asked.path().matches("/holt/?"))
                    .singleElement()
                    .matches(asked -> asked.body().contains("LocationConstraint") == named)
                    .matches(asked -> asked.body().isEmpty() != named);
        }
    }

    @Test
    void aBucketThatExistsIsNotCreated() throws IOException {
        try (var server = new FakeS3();
                var store = new S3ObjectStore(StoreSettings.of(server.endpoint(), KEYS))) {
            server.hasBucket = true;

            store.put("key", new byte[1], "text/plain");

            assertThat(server.asked).extracting(FakeS3.Asked::path).containsExactly("/holt/key");
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
        assertThatThrownBy(() ->
                        settings(
                                URI.create("http://127.0.0.1:9000"),
                                "https://pictures.example/below"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holt.store.public-url");
    }

    private static StoreSettings settings(URI endpoint, String publicUrl) {
        return settings(endpoint, "us-east-1", URI.create(publicUrl));
    }

    private static StoreSettings settings(URI endpoint, String region, @Nullable URI publicUrl) {
        return new StoreSettings(
                endpoint,
                publicUrl,
                "holt",
                region,
                KEYS,
                Duration.ofDays(7),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                null);
    }

    private static URI endpointWhereNobodyListens() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}

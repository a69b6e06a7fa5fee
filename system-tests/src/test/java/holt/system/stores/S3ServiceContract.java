package holt.system.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.store.ObjectNotFoundException;
import holt.store.ObjectStore;
import holt.store.ObjectStoreContract;
import holt.store.S3ObjectStore;
import holt.store.StoreKeys;
import holt.store.StoreSettings;
import holt.store.StoreUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every S3 service must do, beside what every store must. */
abstract class S3ServiceContract extends ObjectStoreContract {
    private static final byte[] ONE = {1};

    /** A service that has just started may swallow a call. */
    private static final Duration CALL = Duration.ofSeconds(10);

    abstract URI endpoint();

    abstract StoreKeys keys();

    @Test
    void createsAMissingBucketWithTheFirstObject() {
        try (ObjectStore fresh = store("holt-" + UUID.randomUUID(), keys())) {
            assertThatThrownBy(() -> fresh.get("key")).isInstanceOf(ObjectNotFoundException.class);
            assertThat(fresh.list("")).isEmpty();
            fresh.delete("key");

            fresh.put("key", ONE, "text/plain");

            assertThat(fresh.get("key")).isEqualTo(ONE);
        }
    }

    @Test
    void servesASignedUrlAndNothingElseWithIt() throws Exception {
        store().put("signed/one 1.png", ONE, "image/png");
        store().put("signed/two 1.png", ONE, "image/png");
        URI url = store().presign("signed/one 1.png", Duration.ofMinutes(5));
        URI other = URI.create(url.toString().replace("/one", "/two"));

        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(ONE);
            assertThat(answer.headers().firstValue("content-type")).contains("image/png");
            assertThat(
                            http.send(
                                            HttpRequest.newBuilder(other).build(),
                                            BodyHandlers.discarding())
                                    .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void refusesAWrongSecretAndAnUnknownUser() {
        for (var wrong :
                new StoreKeys[] {
                    new StoreKeys(keys().access(), "wrong-secret"),
                    new StoreKeys("unknown-user", keys().secret())
                }) {
            try (ObjectStore stranger = store("holt", wrong)) {
                assertThatThrownBy(() -> stranger.put("key", ONE, "text/plain"))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("refused");
            }
        }
    }

    final ObjectStore store(String bucket, StoreKeys keys) {
        return new S3ObjectStore(
                new StoreSettings(
                        endpoint(),
                        null,
                        bucket,
                        "us-east-1",
                        keys,
                        Duration.ofDays(7),
                        Duration.ofSeconds(2),
                        CALL,
                        null));
    }
}

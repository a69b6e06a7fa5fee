package holt.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.store.ObjectStore;
import holt.store.S3ObjectStore;
import holt.store.StoreKeys;
import holt.store.StoreSettings;
import holt.store.StoreUnavailableException;
import holt.tls.PrivateCa;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store behind TLS whose certificate a private authority has signed. */
class SecuredStoreIT {
    private static final StoreKeys KEYS = new StoreKeys("otter", "fish");

    @TempDir static Path directory;

    private static PrivateCa ca;
    private static S3Proxy server;
    private static URI endpoint;

    @BeforeAll
    static void start() throws Exception {
        ca = PrivateCa.create(directory);
        Path objects = Files.createDirectory(directory.resolve("objects"));
        server =
                S3Proxy.builder()
                        .secureEndpoint(URI.create("https://127.0.0.1:0"))
                        .keyStore(ca.keyStore().toString(), PrivateCa.PASSWORD)
                        .awsAuthentication(AuthenticationType.AWS_V4, KEYS.access(), KEYS.secret())
                        .blobStore(new FilesystemNio2BlobStore(objects.toString()))
                        .ignoreUnknownHeaders(true)
                        .build();
        server.start();
        endpoint = URI.create("https://127.0.0.1:" + server.getSecurePort());
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void keepsObjectsForWhoTrustsTheAuthority() throws Exception {
        try (ObjectStore store = store(ca.trusted())) {
            store.put("images/one.png", new byte[] {1, 2, 3}, "image/png");

            assertThat(store.get("images/one.png")).containsExactly(1, 2, 3);
            URI url = store.presign("images/one.png", Duration.ofMinutes(5));
            try (var http = HttpClient.newBuilder().sslContext(ca.clients()).build()) {
                var reply =
                        http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
                assertThat(reply.body()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void isAwayForWhoDoesNot() throws Exception {
        PrivateCa other = PrivateCa.create(Files.createDirectory(directory.resolve("other")));
        for (Path trusted : new Path[] {null, other.trusted()}) {
            try (ObjectStore store = store(trusted)) {
                assertThatThrownBy(() -> store.get("key"))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasRootCauseInstanceOf(GeneralSecurityException.class);
            }
        }
    }

    @Test
    void aFileThatIsNoCertificateIsNamedByItsSetting() {
        assertThatThrownBy(() -> store(ca.key()).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("holt.store.ca: ");
    }

    private static ObjectStore store(@Nullable Path trusted) {
        StoreSettings usual = StoreSettings.of(endpoint, KEYS);
        return new S3ObjectStore(
                new StoreSettings(
                        usual.endpoint(),
                        usual.publicUrl(),
                        usual.bucket(),
                        usual.region(),
                        usual.keys(),
                        usual.pictureLife(),
                        usual.connectTimeout(),
                        usual.callTimeout(),
                        trusted));
    }
}

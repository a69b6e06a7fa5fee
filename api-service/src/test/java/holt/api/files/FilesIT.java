package holt.api.files;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.store.PictureKeys;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures over HTTP. */
class FilesIT {
    private static final byte[] BYTES = {1, 2, 3};

    private static EdgeServer server;

    private final PictureKeys keys = new PictureKeys(InstantSource.system());

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void storeIsBack() {
        server.store().setDown(false);
    }

    @ParameterizedTest
    @CsvSource({
        "png, image/png",
        "jpg, image/jpeg",
        "jpeg, image/jpeg",
        "webp, image/webp",
        "svg, application/octet-stream"
    })
    void servesAPictureAsWhatItIs(String extension, String type) throws IOException {
        String path = path(stored(extension));
        RawClient.Reply reply = get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.bytes()).isEqualTo(BYTES);
        assertThat(reply.headers())
                .containsEntry("content-type", type)
                .containsEntry("content-length", "3")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-disposition", "inline")
                .containsKey("x-request-id")
                .doesNotContainKeys("set-cookie", "server");
        long expires = Long.parseLong(path.replaceFirst(".*expires=(\\d+).*", "$1"));
        String cache = reply.headers().get("cache-control");
        assertThat(cache).matches("private, max-age=\\d+");
        assertThat(Long.parseLong(cache.replaceFirst(".*=", "")))
                .isBetween(expires - Instant.now().getEpochSecond() - 1, 3600L);
    }

    @Test
    void answersHeadWithoutThePicture() throws IOException {
        String path = path(stored("png"));
        try (var client = new RawClient(server.port())) {
            client.send(RawClient.bytes("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertThat(client.line()).startsWith("HTTP/1.1 200");
            String header = "";
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                header += line + "\n";
            }
            assertThat(header).containsIgnoringCase("content-length: 3\n");

            // The next bytes are the next answer, not the picture.
            assertThat(client.send(RawClient.get(path)).reply().bytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void refusesWhatIsNotSignedWithBothErrorShapes() throws IOException {
        String path = path(stored("png"));
        for (String wrong :
                new String[] {
                    "/files",
                    "/files/",
                    "/files/pictures/",
                    path.substring(0, path.indexOf('?')),
                    path.replaceFirst("expires=\\d+", "expires=1"),
                    path.replaceFirst("expires=", "expires=1"),
                    path.replaceFirst("signature=.*", "signature=00"),
                    path.replaceFirst("pictures/", "claims/"),
                    path.replaceFirst("\\.png", ".jpg")
                }) {
            RawClient.Reply reply = get(wrong);

            assertThat(reply.status()).as(wrong).isEqualTo(403);
            assertThat(reply.headers()).containsEntry("content-type", "application/json");
            assertThat(reply.body())
                    .startsWith("{\"code\":2017,")
                    .contains("\"type\":\"permission_error\"");
        }
    }

    @Test
    void saysThatAPictureWasDeleted() throws IOException {
        RawClient.Reply reply = get(path(keys.next("png")));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).startsWith("{\"code\":2006,").contains("\"error\":{");
    }

    @Test
    void saysThatTheStoreIsUnavailableAndWhenToRetry() throws IOException {
        String path = path(stored("png"));
        server.store().setDown(true);

        RawClient.Reply reply = get(path);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().get("retry-after")).matches("[1-9]");
        assertThat(reply.body()).startsWith("{\"code\":2023,").contains("storage_unavailable");
    }

    private String stored(String extension) {
        String key = keys.next(extension);
        server.store().put(key, BYTES, "application/octet-stream");
        return key;
    }

    private static String path(String key) {
        return server.bean(FileUrls.class).url(key, "");
    }

    private static RawClient.Reply get(String path) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(RawClient.get(path)).reply();
        }
    }
}

package holt.api.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.RequestRejectedException;
import holt.api.files.FileUrls;
import holt.api.files.TestUrls;
import holt.api.sources.decode.PictureFiles;
import holt.api.sources.decode.SourceImage;
import holt.protocol.Failure;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.store.StoreUnavailableException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to send a picture with a request. */
class ReadSourceImagesTest {
    private final BufferedImage image = PictureFiles.random(20, 10, BufferedImage.TYPE_INT_ARGB);
    private final byte[] png = file(image);
    private final String base64 = Base64.getEncoder().encodeToString(png);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final FileUrls urls = TestUrls.of(store, () -> now);
    private final Sockets sockets = new Sockets();
    private final FetchImage fetch =
            new FetchImage(
                    new ResolveHost(
                            AllowedHosts.of(List.of()),
                            host -> {
                                throw new AssertionError("nobody asks for " + host);
                            }),
                    new OkHttpClient.Builder().socketFactory(sockets).build(),
                    FetchImage.Limits.USUAL);
    private final ReadSourceImages images = new ReadSourceImages(urls, store, fetch, 1);

    @AfterEach
    void close() {
        images.close();
        fetch.close();
        assertThat(sockets.dialled).isEmpty();
    }

    @Test
    void readsAnUpload() throws IOException {
        assertSame(images.read(png, "image"));
    }

    @Test
    void readsDataAndBareBase64InAnyOfTheirForms() throws IOException {
        for (String reference :
                List.of(
                        base64,
                        "  " + base64.replaceAll("(.{76})", "$1\r\n") + "\n",
                        base64.replace("=", ""),
                        base64.replace('+', '-').replace('/', '_'),
                        "data:image/png;base64," + base64,
                        "DATA:;BASE64," + base64,
                        // The type in a data: URI does not matter.
                        "data:text/html;charset=utf-8;base64," + base64)) {
            assertSame(images.read(reference, "image"));
        }
    }

    @Test
    void readsOurOwnPictureFromTheStoreAndNotOverHttp() throws IOException {
        String key = new PictureKeys(() -> now).next("png");
        store.put(key, png, "image/png");

        assertSame(images.read(urls.url(key, "http://127.0.0.1:1088"), "image"));
        assertSame(images.read(urls.url(key, "https://[::1]:1"), "image"));
    }

    @Test
    void refusesOurOwnUrlOnceItHasExpired() {
        String key = new PictureKeys(() -> now).next("png");
        store.put(key, png, "image/png");
        String url = urls.url(key, "http://127.0.0.1:1088");
        now = now.plus(Duration.ofHours(1));

        assertRefused(url, Failure.INVALID_IMAGE_URL, "is not public");
    }

    @Test
    void saysThatOurOwnPictureWasDeleted() {
        String url = urls.url(new PictureKeys(() -> now).next("png"), "http://127.0.0.1:1088");

        assertRefused(url, Failure.INVALID_IMAGE_URL, "this picture was deleted");
    }

    @Test
    void failsIfTheStoreIsUnavailable() {
        String url = urls.url(new PictureKeys(() -> now).next("png"), "http://127.0.0.1:1088");
        store.setDown(true);

        assertThatThrownBy(() -> images.read(url, "image"))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a picture of a cat",
                "=",
                "aGVsbG8=",
                "data:image/png,raw",
                "data:image/png;base64",
                "data:image/png;base64,???",
                "/etc/passwd",
                "../../etc/passwd"
            })
    void saysThatThisIsNoPicture(String reference) {
        assertRefused(reference, Failure.INVALID_IMAGE, "");
    }

    @Test
    void takesNoFileOfMoreThan20MiB() {
        byte[] large = new byte[SourceImage.MAX_FILE_BYTES + 1];
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(large);

        assertRefused(data, Failure.PAYLOAD_TOO_LARGE, "20971520 bytes");
        assertRefused("A".repeat(30 << 20), Failure.PAYLOAD_TOO_LARGE, "20971520 bytes");
        assertRefused("A".repeat(41 << 20), Failure.PAYLOAD_TOO_LARGE, "20971520 bytes");
        assertThatThrownBy(() -> images.read(large, "mask"))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused -> {
                            assertThat(refused.failure()).isEqualTo(Failure.PAYLOAD_TOO_LARGE);
                            assertThat(refused.param()).isEqualTo("mask");
                        });
    }

    @Test
    void readsManyOneAfterTheOther() {
        assertThat(
                        IntStream.range(0, 32)
                                .parallel()
                                .mapToObj(_ -> images.read(png, "image"))
                                .map(SourceImage::width))
                .hasSize(32)
                .containsOnly(20);
    }

    private void assertSame(SourceImage source) throws IOException {
        assertThat(source.width()).isEqualTo(20);
        assertThat(source.height()).isEqualTo(10);
        BufferedImage read = PictureFiles.read(source.png());
        assertThat(read.getRGB(0, 0, 20, 10, null, 0, 20))
                .isEqualTo(image.getRGB(0, 0, 20, 10, null, 0, 20));
    }

    private void assertRefused(String reference, Failure failure, String reason) {
        assertThatThrownBy(() -> images.read(reference, "image"))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused -> {
                            assertThat(refused.failure()).isEqualTo(failure);
                            assertThat(refused.param()).isEqualTo("image");
                            assertThat(refused)
                                    .hasMessageStartingWith("image: ")
                                    .hasMessageContaining(reason);
                        });
    }

    private static byte[] file(BufferedImage image) {
        try {
            return PictureFiles.file(image, "png");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package holt.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.store.S3ObjectStore;
import holt.store.StoreKeys;
import holt.store.StoreSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileUrlsTest {
    private static final String BASE = "http://10.0.0.5:1088";
    private static final Duration LIFE = Duration.ofHours(1);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final FileUrls urls = TestUrls.of(store, () -> now);
    private final String key = new PictureKeys(() -> now).next("png");

    @Test
    void pointsToThisService() {
        assertThat(urls.url(key, BASE))
                .matches(
                        "http://10\\.0\\.0\\.5:1088/files/"
                                + key
                                + "\\?expires=1772370000&signature=[0-9a-f]{64}");
    }

    @Test
    void knowsItsUrlAgainUntilItExpires() {
        URI url = URI.create(urls.url(key, BASE));

        assertThat(urls.keyOf(url)).contains(key);
        now = now.plus(LIFE).minusMillis(1);
        assertThat(urls.keyOf(url)).contains(key);
        now = now.plusMillis(1);
        assertThat(urls.keyOf(url)).isEmpty();
    }

    @Test
    void knowsTheUrlOfAnotherInstanceAndOfOneBeforeARestart() {
        String url = urls.url(key, BASE);

        assertThat(TestUrls.of(store, () -> now).keyOf(URI.create(url))).contains(key);
        assertThat(urls.url(key, "https://elsewhere/prefix"))
                .startsWith("https://elsewhere/prefix/files/")
                .satisfies(moved -> assertThat(urls.keyOf(URI.create(moved))).contains(key));
    }

    @Test
    void doesNotKnowTheUrlOfAnotherStore() {
        var other = new FileUrls(store, false, LIFE, new SignFiles("crab"), () -> now);

        assertThat(urls.keyOf(URI.create(other.url(key, BASE)))).isEmpty();
    }

    @Test
    void knowsNothingThatWasChanged() {
        String url = urls.url(key, BASE);
        int start = url.indexOf("pictures/");
        for (int at = start; at < url.length(); at++) {
            char changed = url.charAt(at) == '0' ? '1' : '0';
            String other = url.substring(0, at) + changed + url.substring(at + 1);

            assertThat(urls.keyOf(URI.create(other))).as(other).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:somebody",
                "http://x",
                "http://x/files/pictures/",
                "http://x/files/pictures/2026-03-01/a.png?expires=&signature=",
                "http://x/files/pictures/2026-03-01/a.png?expires=-1&signature=00",
                "http://x/files/pictures/2026-03-01/a.png?expires=99999999999999999999&signature=0",
                "http://x/pictures/2026-03-01/0123456789abcdef0123456789abcdef.png?expires=9999999999",
                "http://x/pictures/2026-03-01/0123456789abcdef0123456789abcdef.png"
            })
    void doesNotKnowForeignUrls(String url) {
        assertThat(urls.keyOf(URI.create(url))).isEmpty();
    }

    @Test
    void signsNothingButPictures() {
        assertThatThrownBy(() -> urls.url("claims/2026-03-01/x", BASE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pointsToTheStoreWhereThatIsPublicAndKnowsThatUrlToo() {
        var settings =
                StoreSettings.of(
                        URI.create("https://pictures.example"), new StoreKeys("otter", "fish"));
        try (var s3 = new S3ObjectStore(settings)) {
            var direct = new FileUrls(s3, true, LIFE, new SignFiles("fish"), () -> now);

            URI url = URI.create(direct.url(key, BASE));

            assertThat(url.toString())
                    .startsWith("https://pictures.example/holt/" + key + "?")
                    .contains("X-Amz-Expires=3600", "X-Amz-Signature=");
            assertThat(direct.keyOf(url)).contains(key);
            assertThat(urls.keyOf(url)).contains(key);
            now = now.plus(LIFE);
            assertThat(direct.keyOf(url)).isEmpty();
        }
    }

    @Test
    void refusesToStartWithUrlsThatOutliveTheirPictures() {
        var settings =
                StoreSettings.of(URI.create("http://127.0.0.1:1"), new StoreKeys("otter", "fish"));
        var configuration = new FilesConfiguration();

        assertThat(
                        configuration.fileUrls(
                                store, settings, new FilesSettings(Duration.ofDays(7)), () -> now))
                .isNotNull();
        var shortLife =
                new StoreSettings(
                        settings.endpoint(),
                        null,
                        settings.bucket(),
                        settings.region(),
                        settings.keys(),
                        Duration.ofHours(2),
                        settings.connectTimeout(),
                        settings.callTimeout(),
                        settings.ca());
        assertThatThrownBy(() ->
                        configuration.fileUrls(
                                store,
                                shortLife,
                                new FilesSettings(Duration.ofHours(3)),
                                () -> now))
                .hasMessageContaining("holt.store.picture-life");
        assertThatThrownBy(() -> new FilesSettings(Duration.ofDays(7).plusSeconds(1)))
                .hasMessageContaining("holt.files.url-life: must be 1s to 7d");
    }
}

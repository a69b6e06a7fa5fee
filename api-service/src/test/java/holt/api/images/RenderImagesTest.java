package holt.api.images;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.files.FileUrls;
import holt.api.files.TestUrls;
import holt.api.jobs.EndedJob;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.ResponseFormat;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenderImagesTest {
    private static final String BASE = "http://127.0.0.1:1088";

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final FileUrls urls = TestUrls.of(store, () -> now);
    private final RenderImages render = new RenderImages(urls, store);
    private final String key = new PictureKeys(() -> now).next("png");

    @Test
    @DisplayName("R77: the API instance signs the URLs of pictures whenever it shows them")
    void eachRenderingSignsTheUrlsAnew() {
        EndedJob job = ended(1, 1, "image/png");
        String first = url(job);

        now = now.plus(Duration.ofHours(2));
        String later = url(job);

        assertThat(urls.keyOf(URI.create(first))).isEmpty();
        assertThat(urls.keyOf(URI.create(later))).contains(key);
    }

    @Test
    void onlySizesThatSdksKnowAreNamed() {
        assertThat(reply(ended(1024, 1536, "image/jpeg")).size()).isEqualTo("1024x1536");
        assertThat(reply(ended(512, 512, "image/jpeg")).size()).isNull();
        assertThat(reply(ended(512, 512, "image/jpeg")).outputFormat()).isEqualTo("jpeg");
    }

    @Test
    @DisplayName("R172: an answer has the usage that the engine counted, or none")
    void anAnswerHasTheUsageThatTheEngineCounted() {
        assertThat(reply(ended(1, 1, "image/png")).usage()).isNull();
        assertThat(reply(ended(1, 1, "image/png", new Outcome.PictureUsage(50, 40, 10, 7))).usage())
                .isEqualTo(
                        new ImagesReply.Usage(
                                50, new ImagesReply.InputTokensDetails(40, 10), 7, 57));
    }

    private EndedJob ended(int width, int height, String contentType) {
        return ended(width, height, contentType, null);
    }

    private EndedJob ended(int width, int height, String contentType, Outcome.PictureUsage usage) {
        return new EndedJob(
                new JobId("j"),
                new ModelName("painter"),
                now,
                new Outcome.ImagesCompleted(
                        List.of(new Outcome.Picture(key, width, height, contentType, null)),
                        ResponseFormat.URL,
                        usage),
                null);
    }

    private ImagesReply reply(EndedJob job) {
        return (ImagesReply) Objects.requireNonNull(render.body(job, BASE));
    }

    private String url(EndedJob job) {
        return reply(job).data().getFirst().url();
    }
}

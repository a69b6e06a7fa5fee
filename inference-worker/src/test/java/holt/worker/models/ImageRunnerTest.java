package holt.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.image.Edit;
import holt.engine.image.ImageEvent;
import holt.engine.image.ImageRequest;
import holt.engine.image.picture.Picture;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.PictureEdit;
import holt.protocol.PictureFormat;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageRunnerTest {
    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z"));
    private static final int RED = 0xffff0000;

    private final FakeImageEngine engine = new FakeImageEngine();
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(objects, NOW);
    private final ImageRunner runner =
            new ImageRunner(
                    TestJobs.IMAGE_MODEL,
                    engine,
                    new ImageSettings(4, null, 7.5, SchedulerChoice.FOLDER, 128 * 128),
                    4,
                    claims,
                    new PictureKeys(NOW));
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void theRequestCarriesAllFieldsOfTheTask() throws Exception {
        runner.start(
                "id",
                Lane.HIGH,
                images(100, 60, 3, 12, 3.5, 42L, null, PictureFormat.PNG),
                replies::add);

        assertThat(submitted())
                .isEqualTo(
                        new ImageRequest(
                                new RequestId("id"),
                                "a hat",
                                "blurry",
                                80,
                                48,
                                3,
                                12,
                                3.5,
                                42L,
                                null,
                                Lane.HIGH.ordinal()));
    }

    @Test
    void missingFieldsComeFromTheSettingsOrTheModel() throws Exception {
        start(images(null, null, 1, null, null, null, null, PictureFormat.PNG));

        ImageRequest request = submitted();
        assertThat(request.width()).isEqualTo(FakeImageEngine.SIDE);
        assertThat(request.height()).isEqualTo(FakeImageEngine.SIDE);
        assertThat(request.steps()).isEqualTo(25);
        assertThat(request.guidance()).isEqualTo(7.5);
        assertThat(request.seed()).isNull();
    }

    @ParameterizedTest
    @DisplayName(
            "R81: Progress replies carry the steps, and pictures come in order in exactly the wanted size")
    @EnumSource(PictureFormat.class)
    void picturesComeInOrderInExactlyTheSizeAskedFor(PictureFormat format) throws Exception {
        ModelRunner.Running running = start(images(101, 67, 2, null, null, 7L, null, format));

        ImageRequest job = submitted();
        engine.emit(job.id().value(), new ImageEvent.Started(0), new ImageEvent.Progress(1, 4));
        engine.emit(
                job.id().value(),
                drawn(job, 0, 10),
                new ImageEvent.Progress(4, 4),
                drawn(job, 1, 200));
        engine.emit(job.id().value(), new ImageEvent.Finished());

        var completed = (Outcome.ImagesCompleted) outcome(running);
        assertThat(replies).containsExactly(new Reply.Progress(1, 4), new Reply.Progress(4, 4));
        assertThat(completed.pictures()).extracting(Outcome.Picture::seed).containsExactly(7L, 8L);
        assertThat(completed.responseFormat()).isEqualTo(ResponseFormat.B64_JSON);
        List<Upload> uploads = running.result().join().uploads();
        assertThat(uploads).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Outcome.Picture named = completed.pictures().get(i);
            assertThat(named.key())
                    .isEqualTo(uploads.get(i).key())
                    .matches("pictures/2026-01-02/[0-9a-f]{32}\\." + format.label());
            assertThat(named.contentType())
                    .isEqualTo(uploads.get(i).contentType())
                    .isEqualTo("image/" + format.label());
            BufferedImage picture = decode(uploads.get(i).bytes());
            assertThat(
                            List.of(
                                    named.width(),
                                    named.height(),
                                    picture.getWidth(),
                                    picture.getHeight()))
                    .containsExactly(101, 67, 101, 67);
            int grey = i == 0 ? 10 : 200;
            assertThat(picture.getRGB(50, 30) & 0xff).isBetween(grey - 2, grey + 2);
        }
    }

    @Test
    void anEditStartsFromTheStoredPictureAndKeepsItsPixelsOutsideOfTheMask() throws Exception {
        // The right half is to be made new; 66 is no multiple of 8, so the model renders 64.
        StoredObject source = claims.put(png(66, 66, 0, RED, RED));
        StoredObject mask = claims.put(png(66, 66, 33, RED, 0));
        var edit = new PictureEdit(source, mask, null, null);
        ModelRunner.Running running =
                start(images(66, 66, 1, null, null, null, edit, PictureFormat.PNG));

        ImageRequest job = submitted();
        assertThat(job.edit().strength()).isEqualTo(1);
        assertThat(job.edit().sourceGuidance()).isEqualTo(1.5);
        assertThat(job.edit().source().width()).isEqualTo(66);
        assertThat(job.edit().mask().renewed()[0]).isFalse();
        assertThat(job.edit().mask().renewed()[65]).isTrue();
        assertThat(job.width()).isEqualTo(64);
        engine.emit(job.id().value(), drawn(job, 0, 90), new ImageEvent.Finished());

        outcome(running);
        BufferedImage picture = decode(running.result().join().uploads().getFirst().bytes());
        assertThat(picture.getRGB(10, 30)).isEqualTo(RED);
        assertThat(picture.getRGB(32, 30)).isEqualTo(RED);
        assertThat(picture.getRGB(33, 30)).isEqualTo(0xff5a5a5a);
    }

    @Test
    void withoutAMaskTheSourceChangesAsMuchAsTheTaskSays() throws Exception {
        StoredObject source = claims.put(png(16, 16, 8, RED, 0));
        start(edited(new PictureEdit(source, null, null, null)));
        start(edited(new PictureEdit(source, null, 0.3, 2.0)));

        var edits = List.of(submitted().edit(), submitted().edit());

        assertThat(edits).extracting(Edit::strength).containsOnly(0.8, 0.3);
        assertThat(edits).extracting(Edit::sourceGuidance).containsOnly(1.5, 2.0);
        Picture onWhite = edits.getFirst().source();
        assertThat(Arrays.copyOf(onWhite.rgb(), 3)).containsExactly(-1, 0, 0);
        assertThat(Arrays.copyOfRange(onWhite.rgb(), 45, 48)).containsExactly(-1, -1, -1);
    }

    @Test
    void aTaskWhoseSourceCannotBeReadFailsBeforeTheEngine() throws Exception {
        StoredObject source = claims.put(png(16, 16, 0, RED, RED));
        objects.setDown(true);
        Outcome.Failed away =
                (Outcome.Failed) ended(edited(new PictureEdit(source, null, null, null)));
        objects.setDown(false);
        objects.delete(source.key());
        Outcome.Failed gone =
                (Outcome.Failed) ended(edited(new PictureEdit(source, null, null, null)));

        assertThat(away.reason()).isEqualTo(Failure.STORAGE_UNAVAILABLE);
        assertThat(gone.reason()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void noPictureFollowsAnEarlyEnd() throws Exception {
        engine.inStep = true;
        ModelRunner.Running running =
                start(images(null, null, 1, null, null, null, null, PictureFormat.PNG));
        ImageRequest job = submitted();

        running.end(new Outcome.Cancelled());
        engine.emit(
                job.id().value(),
                new ImageEvent.Progress(1, 2),
                drawn(job, 0, 1),
                new ImageEvent.Finished());

        assertThat(engine.cancelled).containsExactly("id");
        assertThat(replies).isEmpty();
        assertThat(outcome(running)).isEqualTo(new Outcome.Cancelled());
        assertThat(running.result().join().uploads()).isEmpty();
    }

    @Test
    void anEditThatIsStoppedWhileItsSourceIsFetchedIsStoppedInTheEngine() throws Exception {
        StoredObject source = claims.put(png(16, 16, 0, RED, RED));
        objects.fallSilent();
        ModelRunner.Running running = start(edited(new PictureEdit(source, null, null, null)));

        running.end(new Outcome.Cancelled());
        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("id");
        objects.answer();

        // Again, in case the engine received the request after the first cancel.
        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("id");
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void failuresOfTheEngineAreToldApart() throws Exception {
        Outcome.Failed refused = failed(new EngineFailure.Refused("steps", "at most 5"));
        assertThat(refused)
                .isEqualTo(new Outcome.Failed(Failure.INVALID_VALUE, "steps: at most 5", "steps"));
        assertThat(failed(new EngineFailure.OutOfMemory("x")).reason())
                .isEqualTo(Failure.INSUFFICIENT_MEMORY);
        Outcome.Failed internal = failed(new EngineFailure.Internal("trace"));
        assertThat(internal.reason()).isEqualTo(Failure.WORKER_FAILED);
        assertThat(internal.message()).doesNotContain("trace");
        assertThat(runner.broken()).isFalse();

        assertThat(failed(new EngineFailure.DeviceBroken("x")).reason())
                .isEqualTo(Failure.WORKER_FAILED);
        assertThat(runner.broken()).isTrue();
    }

    private Outcome.Failed failed(EngineFailure failure) throws Exception {
        ModelRunner.Running running =
                start(images(null, null, 1, null, null, null, null, PictureFormat.PNG));
        engine.emit(submitted().id().value(), new ImageEvent.Failed(failure));
        return (Outcome.Failed) outcome(running);
    }

    private Outcome ended(Task.Images task) throws Exception {
        return outcome(start(task));
    }

    private static Outcome outcome(ModelRunner.Running running) throws Exception {
        return running.result().get(10, TimeUnit.SECONDS).outcome();
    }

    private ModelRunner.Running start(Task.Images task) {
        return runner.start("id", Lane.NORMAL, task, replies::add);
    }

    private ImageRequest submitted() throws InterruptedException {
        ImageRequest submitted = engine.requests.poll(10, TimeUnit.SECONDS);
        assertThat(submitted).isNotNull();
        return submitted;
    }

    /** As large as was asked of the engine, grey. */
    private static ImageEvent drawn(ImageRequest job, int index, int grey) {
        int width = job.width();
        int height = job.height();
        var rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) grey);
        return new ImageEvent.PictureDone(index, new Picture(width, height, rgb));
    }

    @Test
    @DisplayName("R139: the engine edits one picture, and refuses several by the field's name")
    void severalPicturesAreRefused() throws Exception {
        StoredObject source = claims.put(new byte[0]);
        var edit = new PictureEdit(source, List.of(source), null, null, null);

        var failed = (Outcome.Failed) ended(edited(edit));

        assertThat(failed.reason()).isEqualTo(Failure.UNSUPPORTED_PARAMETER);
        assertThat(failed.param()).isEqualTo("image");
    }

    private static Task.Images edited(PictureEdit edit) {
        return images(null, null, 1, null, null, null, edit, PictureFormat.PNG);
    }

    private static Task.Images images(
            @Nullable Integer width,
            @Nullable Integer height,
            int n,
            @Nullable Integer steps,
            @Nullable Double guidance,
            @Nullable Long seed,
            @Nullable PictureEdit edit,
            PictureFormat format) {
        return new Task.Images(
                "a hat",
                "blurry",
                width,
                height,
                n,
                steps,
                guidance,
                seed,
                edit,
                format,
                ResponseFormat.B64_JSON);
    }

    private static BufferedImage decode(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** @param border the first column of the right colour */
    private static byte[] png(int width, int height, int border, int left, int right)
            throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < border ? left : right);
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}

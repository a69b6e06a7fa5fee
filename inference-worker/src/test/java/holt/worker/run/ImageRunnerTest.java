package holt.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.image.Edit;
import holt.engine.image.ImageEvent;
import holt.engine.image.ImageRequest;
import holt.engine.image.picture.Picture;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.PictureFormat;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
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
                    KnownModel.ofImages(
                            new ModelName("m"),
                            "",
                            Instant.EPOCH,
                            new KnownModel.ImageLimits(64, 8, 128 * 128)),
                    engine,
                    new ImageSettings(4, null, 7.5, SchedulerChoice.FOLDER, 128 * 128),
                    4,
                    new ImageRunner.Store(claims, new PictureKeys(NOW)));
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void theEngineIsAskedForWhatTheTaskSays() throws Exception {
        runner.start(
                "id",
                Lane.HIGH,
                images(100, 60, 3, 12, 3.5, 42L, null, PictureFormat.PNG),
                replies::add);

        assertThat(submitted().request())
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
    void whatTheTaskDoesNotSayIsTheModelsOrTheSettings() throws Exception {
        start(images(null, null, 1, null, null, null, null, PictureFormat.PNG));

        ImageRequest request = submitted().request();
        assertThat(request.width()).isEqualTo(FakeImageEngine.SIDE);
        assertThat(request.height()).isEqualTo(FakeImageEngine.SIDE);
        assertThat(request.steps()).isEqualTo(25);
        assertThat(request.guidance()).isEqualTo(7.5);
        assertThat(request.seed()).isNull();
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void picturesComeInOrderInExactlyTheSizeAskedFor(PictureFormat format) throws Exception {
        ModelRunner.Running running = start(images(101, 67, 2, null, null, 7L, null, format));

        FakeImageEngine.Submitted job = submitted();
        say(job, new ImageEvent.Started(0), new ImageEvent.Progress(1, 4));
        say(job, drawn(job, 0, 10), new ImageEvent.Progress(4, 4), drawn(job, 1, 200));
        say(job, new ImageEvent.Finished());

        var completed = (Outcome.ImagesCompleted) running.outcome().get(10, TimeUnit.SECONDS);
        assertThat(replies).containsExactly(new Reply.Progress(1, 4), new Reply.Progress(4, 4));
        assertThat(completed.pictures()).extracting(Outcome.Picture::seed).containsExactly(7L, 8L);
        assertThat(completed.responseFormat()).isEqualTo(ResponseFormat.B64_JSON);
        List<Upload> uploads = running.uploads().get();
        assertThat(uploads).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Outcome.Picture told = completed.pictures().get(i);
            assertThat(told.key())
                    .isEqualTo(uploads.get(i).key())
                    .matches("pictures/2026-01-02/[0-9a-f]{32}\\." + format.label());
            assertThat(told.contentType())
                    .isEqualTo(uploads.get(i).contentType())
                    .isEqualTo("image/" + format.label());
            BufferedImage picture = decode(uploads.get(i).bytes());
            assertThat(
                            List.of(
                                    told.width(),
                                    told.height(),
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
        var edit = new Task.Edit(source, mask, null, null);
        ModelRunner.Running running =
                start(images(66, 66, 1, null, null, null, edit, PictureFormat.PNG));

        FakeImageEngine.Submitted job = submitted();
        assertThat(job.request().edit().strength()).isEqualTo(1);
        assertThat(job.request().edit().sourceGuidance()).isEqualTo(1.5);
        assertThat(job.request().edit().source().width()).isEqualTo(66);
        assertThat(job.request().edit().mask().renewed()[0]).isFalse();
        assertThat(job.request().edit().mask().renewed()[65]).isTrue();
        assertThat(job.request().width()).isEqualTo(64);
        say(job, drawn(job, 0, 90), new ImageEvent.Finished());

        running.outcome().get(10, TimeUnit.SECONDS);
        BufferedImage picture = decode(running.uploads().get().getFirst().bytes());
        assertThat(picture.getRGB(10, 30)).isEqualTo(RED);
        assertThat(picture.getRGB(32, 30)).isEqualTo(RED);
        assertThat(picture.getRGB(33, 30)).isEqualTo(0xff5a5a5a);
    }

    @Test
    void withoutAMaskTheSourceChangesAsMuchAsTheTaskSays() throws Exception {
        StoredObject source = claims.put(png(16, 16, 8, RED, 0));
        start(edited(new Task.Edit(source, null, null, null)));
        start(edited(new Task.Edit(source, null, 0.3, 2.0)));

        var edits = List.of(submitted().request().edit(), submitted().request().edit());

        assertThat(edits).extracting(Edit::strength).containsOnly(0.8, 0.3);
        assertThat(edits).extracting(Edit::sourceGuidance).containsOnly(1.5, 2.0);
        Picture onWhite = edits.getFirst().source();
        assertThat(Arrays.copyOf(onWhite.rgb(), 3)).containsExactly(-1, 0, 0);
        assertThat(Arrays.copyOfRange(onWhite.rgb(), 45, 48)).containsExactly(-1, -1, -1);
    }

    @Test
    void aSourceThatCannotBeHadEndsTheTaskAndTheEngineHearsNothing() throws Exception {
        StoredObject source = claims.put(png(16, 16, 0, RED, RED));
        objects.setDown(true);
        Outcome.Failed away =
                (Outcome.Failed) ended(edited(new Task.Edit(source, null, null, null)));
        objects.setDown(false);
        objects.delete(source.key());
        Outcome.Failed gone =
                (Outcome.Failed) ended(edited(new Task.Edit(source, null, null, null)));

        assertThat(away.reason()).isEqualTo(Failure.STORAGE_UNAVAILABLE);
        assertThat(gone.reason()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(engine.submitted).isEmpty();
    }

    @Test
    void anEndFromOutsideStopsTheEngineAndThereAreNoPictures() throws Exception {
        ModelRunner.Running running =
                start(images(null, null, 1, null, null, null, null, PictureFormat.PNG));
        FakeImageEngine.Submitted job = submitted();

        running.end(new Outcome.Cancelled());
        say(job, new ImageEvent.Progress(1, 2), drawn(job, 0, 1), new ImageEvent.Finished());

        assertThat(engine.cancelled).containsExactly("id");
        assertThat(replies).isEmpty();
        assertThat(running.outcome().join()).isEqualTo(new Outcome.Cancelled());
        assertThat(running.uploads().get()).isEmpty();
    }

    @Test
    void anEditThatIsStoppedWhileItsSourceIsFetchedIsStoppedInTheEngine() throws Exception {
        StoredObject source = claims.put(png(16, 16, 0, RED, RED));
        objects.fallSilent();
        ModelRunner.Running running = start(edited(new Task.Edit(source, null, null, null)));

        running.end(new Outcome.Cancelled());
        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("id");
        objects.answer();

        // Once by who ended it, and once more for the case that the engine has it only now.
        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("id");
        assertThat(engine.submitted).isEmpty();
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

    @Test
    void aChatIsNoTaskForAnImageModel() {
        var chat =
                new Task.Chat(
                        List.of(new Task.ChatMessage("user", "Hi")),
                        new Task.Sampling(0, 1, null),
                        null,
                        List.of(),
                        false);

        assertThat(runner.start("id", Lane.NORMAL, chat, replies::add).outcome().join())
                .isEqualTo(ModelRunner.OTHER_KIND);
    }

    private Outcome.Failed failed(EngineFailure failure) throws Exception {
        ModelRunner.Running running =
                start(images(null, null, 1, null, null, null, null, PictureFormat.PNG));
        say(submitted(), new ImageEvent.Failed(failure));
        return (Outcome.Failed) running.outcome().join();
    }

    private Outcome ended(Task.Images task) throws Exception {
        return start(task).outcome().get(10, TimeUnit.SECONDS);
    }

    private ModelRunner.Running start(Task.Images task) {
        return runner.start("id", Lane.NORMAL, task, replies::add);
    }

    private FakeImageEngine.Submitted submitted() throws InterruptedException {
        FakeImageEngine.Submitted submitted = engine.submitted.poll(10, TimeUnit.SECONDS);
        assertThat(submitted).isNotNull();
        return submitted;
    }

    private static void say(FakeImageEngine.Submitted job, ImageEvent... events) {
        List.of(events).forEach(job.events());
    }

    /** As large as was asked of the engine, grey. */
    private static ImageEvent drawn(FakeImageEngine.Submitted job, int index, int grey) {
        int width = job.request().width();
        int height = job.request().height();
        var rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) grey);
        return new ImageEvent.PictureDone(index, new Picture(width, height, rgb));
    }

    private static Task.Images edited(Task.Edit edit) {
        return images(null, null, 1, null, null, null, edit, PictureFormat.PNG);
    }

    private static Task.Images images(
            @Nullable Integer width,
            @Nullable Integer height,
            int n,
            @Nullable Integer steps,
            @Nullable Double guidance,
            @Nullable Long seed,
            Task.@Nullable Edit edit,
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

package holt.worker.remote.sdapi;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.PictureEdit;
import holt.protocol.PictureFormat;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.RemoteEngine;
import holt.worker.remote.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SdApiTest {
    private final FakeSdApi fake = new FakeSdApi();
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(objects, () -> TestJobs.NOW);
    private final List<ModelRunner> found = new ArrayList<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private RemoteEngine engine = with(Duration.ofMinutes(2));

    SdApiTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        engine.close();
        fake.close();
    }

    @Test
    void checkpointsAreImageModelsThatRunOneJobAtATime() {
        engine.check();

        KnownModel model = found.getFirst().model();
        assertThat(model.name().value()).isEqualTo("v1-5-pruned");
        assertThat(model.kind()).isEqualTo(KnownModel.Kind.IMAGE);
        assertThat(found.getFirst().slots()).isEqualTo(1);
    }

    @Test
    void theRequestCarriesAllFieldsOfTheTask() throws Exception {
        RunResult result = run(images(100, 70, 2, 12, 3.5, 5L, null, PictureFormat.JPEG));

        JsonNode body = fake.bodies.take();
        assertThat(fake.targets).contains("/sdapi/v1/txt2img");
        assertThat(body.path("prompt").asString()).isEqualTo("a hat");
        assertThat(body.path("negative_prompt").asString()).isEqualTo("blurry");
        assertThat(body.at("/override_settings/sd_model_checkpoint").asString())
                .isEqualTo("v1-5-pruned");
        assertThat(body.path("width").asInt()).isEqualTo(104);
        assertThat(body.path("height").asInt()).isEqualTo(72);
        assertThat(body.path("n_iter").asInt()).isEqualTo(2);
        assertThat(body.path("steps").asInt()).isEqualTo(12);
        assertThat(body.path("cfg_scale").asDouble()).isEqualTo(3.5);
        assertThat(body.path("seed").asLong()).isEqualTo(5);
        var pictures = ((Outcome.ImagesCompleted) result.outcome()).pictures();
        assertThat(pictures).hasSize(2);
        assertThat(pictures.get(1).seed()).isEqualTo(6);
        assertThat(pictures.getFirst().contentType()).isEqualTo("image/jpeg");
        BufferedImage picture = TestPictures.read(result.uploads().getFirst().bytes());
        assertThat(picture.getWidth()).isEqualTo(100);
        assertThat(picture.getHeight()).isEqualTo(70);
    }

    @Test
    void whatTheClientLeavesOpenStaysOpen() throws Exception {
        run(TestJobs.IMAGES);

        JsonNode body = fake.bodies.take();
        for (String field : List.of("width", "height", "steps", "cfg_scale", "seed")) {
            assertThat(body.has(field)).as(field).isFalse();
        }
    }

    @Test
    void anEditHandsTheEngineItsSourceAndAWhiteMask() throws Exception {
        byte[] source = TestPictures.png(16, 8, 0);
        var edit =
                new PictureEdit(
                        claims.put(source), claims.put(TestPictures.png(16, 8, 4)), null, null);

        run(images(16, 8, 1, null, null, null, edit, PictureFormat.PNG));

        JsonNode body = fake.bodies.take();
        assertThat(fake.targets).contains("/sdapi/v1/img2img");
        assertThat(Base64.getDecoder().decode(body.at("/init_images/0").asString()))
                .isEqualTo(source);
        BufferedImage mask =
                TestPictures.read(Base64.getDecoder().decode(body.path("mask").asString()));
        assertThat(mask.getRGB(3, 0) & 0xffffff).isEqualTo(0xffffff);
        assertThat(mask.getRGB(4, 0) & 0xffffff).isZero();
        assertThat(body.path("denoising_strength").asDouble()).isEqualTo(1);
    }

    @Test
    void aSourceThatIsGoneFailsTheJobWithoutARequest() throws Exception {
        var gone = claims.put(TestPictures.png(8, 8, 0));
        objects.delete(gone.key());

        var failed =
                (Outcome.Failed)
                        run(images(
                                        8,
                                        8,
                                        1,
                                        null,
                                        null,
                                        null,
                                        new PictureEdit(gone, null, null, null),
                                        PictureFormat.PNG))
                                .outcome();

        assertThat(failed.reason()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(fake.bodies).isEmpty();
    }

    @Test
    @DisplayName(
            "R133: the files of an engine are encoded anew, so what they say of the prompt is gone")
    void whatAFileSaysOfThePromptIsGone() throws Exception {
        byte[] told = TestPictures.saying(8, 8, "parameters", "a secret prompt");
        fake.pictures =
                exchange ->
                        exchange.json(
                                200,
                                "{\"images\":[\"data:image/png;base64,"
                                        + Base64.getEncoder().encodeToString(told)
                                        + "\"]}");

        byte[] stored = run(TestJobs.IMAGES).uploads().getFirst().bytes();

        assertThat(new String(told, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("secret");
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
    }

    @Test
    void progressOfTheOwnRequestIsPublished() throws Exception {
        fake.pictures = fake::runUntilInterrupted;
        engine.check();
        Running running = start(TestJobs.IMAGES);

        assertThat(replies.poll(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Progress(25, 100));
        running.end(new Outcome.Cancelled());
    }

    @Test
    @DisplayName("R134: a cancelled request is interrupted in the engine")
    void aCancellationInterruptsTheEngine() throws Exception {
        fake.pictures = fake::runUntilInterrupted;
        engine.check();
        Running running = start(TestJobs.IMAGES);
        fake.bodies.take();

        running.end(new Outcome.Cancelled());

        fake.interrupted.get(1, TimeUnit.SECONDS);
        assertThat(running.result().join().outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    @DisplayName("R134: only the own request is interrupted")
    void theRequestOfAnotherClientGoesOn() throws Exception {
        fake.pictures =
                exchange -> {
                    fake.active = "task(other)";
                    fake.runUntilInterrupted(exchange);
                };
        engine.check();
        Running running = start(TestJobs.IMAGES);
        fake.bodies.take();

        running.end(new Outcome.Cancelled());

        awaitLooks(3);
        assertThat(fake.interrupted).isNotDone();
        fake.interrupted.complete(null);
    }

    @Test
    @DisplayName("R120: a worker claims no job for an engine that is full")
    void twoCheckpointsShareTheEnginesOnlySlot() throws Exception {
        fake.models.add("other");
        fake.pictures = fake::runUntilInterrupted;
        engine.check();
        Running running = start(TestJobs.IMAGES);
        fake.bodies.take();

        assertThat(found.get(1).ready()).isFalse();

        running.end(new Outcome.Cancelled());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    @DisplayName("R122: a job that an engine turns away returns to its queue")
    void noRoomTurnsTheJobAway(int status) throws Exception {
        fake.pictures = exchange -> exchange.json(status, "{\"detail\":\"busy\"}");

        assertThat(run(TestJobs.IMAGES).turnedAway()).isTrue();
    }

    @Test
    @DisplayName("R122: a job for an engine that cannot be reached returns to its queue")
    void aDeadEngineTurnsTheJobAway() throws Exception {
        engine.check();
        fake.stop();
        RunResult result = start(TestJobs.IMAGES).result().get(10, TimeUnit.SECONDS);
        assertThat(result.turnedAway()).as(result.trace()).isTrue();
        engine.check();
        assertThat(found.getFirst().served()).isFalse();

        fake.startAgain();
        engine.check();

        assertThat(found.getFirst().served()).isTrue();
    }

    @Test
    @DisplayName("R123: an engine's other 4xx is the client's error, with the engine's words")
    void aRefusalHasTheEnginesWords() throws Exception {
        fake.pictures =
                exchange ->
                        exchange.json(
                                422,
                                "{\"detail\":[{\"loc\":[\"body\",\"steps\"],\"msg\":\"too many\",\"type\":\"t\"}]}");

        var failed = (Outcome.Failed) run(TestJobs.IMAGES).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.INVALID_VALUE);
        assertThat(failed.message()).endsWith("too many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON, secret",
                "{\"images\":[]}",
                "{\"images\":[\"%%%\"]}",
                "{\"images\":[\"c2VjcmV0\"]}",
                "{\"detail\":\"another model name\"}"
            })
    @DisplayName("R124: an answer that is malformed is a failed run")
    void anAnswerThatIsMalformedIsAFailedRun(String body) throws Exception {
        fake.pictures = exchange -> exchange.json(200, body);

        RunResult result = run(TestJobs.IMAGES);

        assertFailed(result);
        assertThat(result.trace()).doesNotContain("secret");
    }

    @Test
    @DisplayName("R124: an engine's 5xx is a failed run")
    void anErrorIsAFailedRun() throws Exception {
        fake.pictures =
                exchange ->
                        exchange.json(
                                500,
                                "{\"error\":\"OutOfMemoryError\",\"detail\":\"\",\"body\":\"\",\"errors\":\"a secret\"}");

        RunResult result = run(TestJobs.IMAGES);

        assertFailed(result);
        assertThat(result.trace()).isEqualTo("the engine answered 500");
    }

    @Test
    @DisplayName("R124: a lost connection is a failed run")
    void anAnswerThatIsCutIsAFailedRun() throws Exception {
        fake.pictures =
                exchange -> {
                    exchange.begin("application/json");
                    exchange.chunk("{\"images\":[\"aGF0");
                };

        assertFailed(run(TestJobs.IMAGES));
    }

    @Test
    @DisplayName("R124: an engine without progress is a failed run")
    void aHangingEngineIsAFailedRun() throws Exception {
        fake.progress = 0;
        fake.pictures = exchange -> exchange.awaitClosed();
        engine = with(Duration.ofMillis(200));

        assertFailed(run(TestJobs.IMAGES));
    }

    @Test
    void anEndlessAnswerIsNotRead() throws Exception {
        fake.pictures =
                exchange -> {
                    exchange.begin("application/json");
                    String text = "x".repeat(1 << 20);
                    while (true) {
                        exchange.chunk(text);
                    }
                };

        var failed = (Outcome.Failed) run(TestJobs.IMAGES).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.SERVER_ERROR);
    }

    @Test
    void theKeyIsAUserAndItsPassword() throws Exception {
        engine.close();
        var settings =
                new EngineSettings(
                        fake.url(),
                        EngineSettings.Kind.SDAPI,
                        "me:s3cret",
                        null,
                        List.of(),
                        "auto",
                        Map.of(),
                        Duration.ofMinutes(2),
                        null,
                        List.of(),
                        null);
        engine = of(settings);

        run(TestJobs.IMAGES);

        assertThat(fake.keys)
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes()));
    }

    @Test
    void aChatIsRefused() {
        engine.check();

        assertThat(start(TestJobs.CHAT).result().join().outcome())
                .isEqualTo(ModelRunner.OTHER_KIND);
    }

    private void awaitLooks(int more) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long before = looks();
        while (looks() < before + more && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(looks()).isGreaterThanOrEqualTo(before + more);
    }

    private long looks() {
        return fake.targets.stream().filter("/internal/progress"::equals).count();
    }

    private RemoteEngine with(Duration silence) {
        if (engine != null) {
            engine.close();
        }
        return of(
                new EngineSettings(
                        fake.url(),
                        EngineSettings.Kind.SDAPI,
                        null,
                        null,
                        List.of(),
                        "auto",
                        Map.of(),
                        silence,
                        null,
                        List.of(),
                        null));
    }

    private RemoteEngine of(EngineSettings settings) {
        var files = new PictureFiles(claims, new PictureKeys(() -> TestJobs.NOW));
        return new RemoteEngine(settings, new SdApi(settings, files), found::add);
    }

    private RunResult run(Task task) throws Exception {
        engine.check();
        return start(task).result().get(30, TimeUnit.SECONDS);
    }

    private Running start(Task task) {
        return found.getFirst().start("a", Lane.NORMAL, task, replies::add);
    }

    private static Task.Images images(
            int width,
            int height,
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
                ResponseFormat.URL);
    }

    private static void assertFailed(RunResult result) {
        assertThat(result.turnedAway()).isFalse();
        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
    }
}

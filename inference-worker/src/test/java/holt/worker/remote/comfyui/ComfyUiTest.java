package holt.worker.remote.comfyui;

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
import holt.worker.remote.FakeHttp.Exchange;
import holt.worker.remote.RemoteEngine;
import holt.worker.remote.TestPictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ComfyUiTest {
    @TempDir private Path folder;

    private final FakeComfyUi fake = new FakeComfyUi();
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), () -> TestJobs.NOW);
    private final List<ModelRunner> found = new ArrayList<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private @Nullable RemoteEngine engine;

    ComfyUiTest() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        serve(FakeComfyUi.WORKFLOW, Duration.ofMinutes(2));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        fake.close();
    }

    @Test
    void aWorkflowIsAnImageModel() {
        engine.check();

        KnownModel model = found.getFirst().model();
        assertThat(model.name().value()).isEqualTo("painter");
        assertThat(model.kind()).isEqualTo(KnownModel.Kind.IMAGE);
        assertThat(found.getFirst().slots()).isEqualTo(1);
    }

    @Test
    void eachPictureIsAPromptWithASeedOfItsOwn() throws Exception {
        RunResult result = run(images(60, 30, 2, 12, 3.5, 5L, null));

        JsonNode first = fake.prompts.take().path("prompt");
        assertThat(first.at("/6/inputs/text").asString()).isEqualTo("a hat");
        assertThat(first.at("/7/inputs/text").asString()).isEqualTo("blurry");
        assertThat(first.at("/5/inputs/width").asInt()).isEqualTo(64);
        assertThat(first.at("/3/inputs/steps").asInt()).isEqualTo(12);
        assertThat(first.at("/3/inputs/seed").asInt()).isEqualTo(5);
        assertThat(fake.prompts.take().at("/prompt/3/inputs/seed").asInt()).isEqualTo(6);
        var pictures = ((Outcome.ImagesCompleted) result.outcome()).pictures();
        assertThat(pictures).hasSize(2);
        assertThat(pictures.getFirst().width()).isEqualTo(60);
        assertThat(pictures.get(1).seed()).isEqualTo(6);
        assertThat(TestPictures.read(result.uploads().getFirst().bytes()).getWidth()).isEqualTo(60);
        assertThat(replies)
                .containsExactly(
                        new Reply.Progress(1, 4),
                        new Reply.Progress(2, 4),
                        new Reply.Progress(3, 4),
                        new Reply.Progress(4, 4));
    }

    @Test
    void withoutASeedEachPictureHasAnotherOne() throws Exception {
        run(images(64, 32, 2, null, null, null, null));
        awaitRoom();
        run(TestJobs.IMAGES);

        var seeds = new HashSet<Long>();
        fake.prompts.forEach(prompt -> seeds.add(prompt.at("/prompt/3/inputs/seed").asLong()));
        assertThat(seeds).hasSize(3);
    }

    @Test
    void theTextOfAPromptLeavesTheHistory() throws Exception {
        run(TestJobs.IMAGES);

        assertThat(fake.history).isEmpty();
    }

    @Test
    void anOlderReleaseThatDrawsItsIdsServesAsWell() throws Exception {
        fake.drawsIds = true;

        assertThat(run(TestJobs.IMAGES).outcome()).isInstanceOf(Outcome.ImagesCompleted.class);
    }

    @Test
    void aPromptWhoseEndWasMissedIsFoundInTheHistory() throws Exception {
        fake.render = (prompt, socket) -> fake.finish(prompt, socketOfNobody(socket));

        assertThat(run(TestJobs.IMAGES).outcome()).isInstanceOf(Outcome.ImagesCompleted.class);
    }

    @Test
    void anEditHandsTheEngineItsPictureAndItsMask() throws Exception {
        serve(
                FakeComfyUi.WORKFLOW.replaceFirst(
                        "\\{",
                        "{\"1\": {\"class_type\": \"LoadImage\", \"_meta\": {\"title\": \"holt:picture\"}, \"inputs\": {\"image\": \"x\"}},"
                                + "\"2\": {\"class_type\": \"LoadImage\", \"_meta\": {\"title\": \"holt:mask\"}, \"inputs\": {\"image\": \"y\"}},"),
                Duration.ofMinutes(2));
        byte[] source = TestPictures.png(16, 8, 0);
        byte[] mask = TestPictures.png(16, 8, 4);

        run(
                images(
                        16,
                        8,
                        1,
                        null,
                        null,
                        null,
                        new PictureEdit(claims.put(source), claims.put(mask), 0.5, null)));

        assertThat(fake.uploads.take())
                .contains("name=\"type\"\r\n\r\ntemp\r\n")
                .contains(new String(source, StandardCharsets.ISO_8859_1));
        assertThat(fake.uploads.take()).contains(new String(mask, StandardCharsets.ISO_8859_1));
        JsonNode prompt = fake.prompts.take().path("prompt");
        assertThat(prompt.at("/1/inputs/image").asString()).isEqualTo("up1.png [temp]");
        assertThat(prompt.at("/2/inputs/image").asString()).isEqualTo("up2.png [temp]");
        assertThat(prompt.at("/3/inputs/denoise").asDouble()).isEqualTo(0.5);
        assertThat(refused(TestJobs.IMAGES).param()).isEqualTo("image");
    }

    @Test
    @DisplayName("R135: what a workflow has no place for is refused by the field's name")
    void whatAWorkflowHasNoPlaceForIsRefused() throws Exception {
        serve(
                "{\"6\": {\"class_type\": \"C\", \"_meta\": {\"title\": \"holt:prompt\"}, \"inputs\": {\"text\": \"\"}}}",
                Duration.ofMinutes(2));

        assertThat(refused(images(64, 32, 1, null, null, null, null)).param())
                .isEqualTo("negative_prompt");
        assertThat(refused(withoutNegative(3, null, null)).param()).isEqualTo("steps");
        assertThat(refused(withoutNegative(null, 3.0, null)).param()).isEqualTo("guidance");
        assertThat(refused(withoutNegative(null, null, 3L)).param()).isEqualTo("seed");
        assertThat(fake.prompts).isEmpty();
    }

    @Test
    @DisplayName("R134: a cancelled prompt is interrupted in the engine")
    void aCancellationInterruptsTheEngine() throws Exception {
        fake.render = fake::runUntilInterrupted;
        engine.check();
        Running running = start(TestJobs.IMAGES);
        assertThat(replies.poll(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Progress(1, 2));
        String prompt = fake.running;

        running.end(new Outcome.Cancelled());

        assertThat(fake.interrupted.get(1, TimeUnit.SECONDS)).isEqualTo(prompt);
    }

    @Test
    @DisplayName("R134: a prompt that waits leaves the queue, and no other one is interrupted")
    void thePromptOfAnotherClientGoesOn() throws Exception {
        fake.render =
                (prompt, socket) -> {
                    fake.running = "other";
                    fake.progress(prompt, socket, 1);
                    fake.interrupted.join();
                };
        engine.check();
        Running running = start(TestJobs.IMAGES);
        assertThat(replies.poll(10, TimeUnit.SECONDS)).isNotNull();

        running.end(new Outcome.Cancelled());

        await("GET /queue");
        assertThat(fake.calls).contains("POST /queue").doesNotContain("POST /interrupt");
        fake.interrupted.complete("");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    @DisplayName("R122: a job that an engine turns away returns to its queue")
    void noRoomTurnsTheJobAway(int status) throws Exception {
        fake.add = exchange -> exchange.json(status, "{\"error\":\"busy\"}");

        assertThat(run(TestJobs.IMAGES).turnedAway()).isTrue();
    }

    @Test
    @DisplayName("R122: a job for an engine that cannot be reached returns to its queue")
    void aDeadEngineTurnsTheJobAwayAndComesBack() throws Exception {
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
        fake.add =
                exchange ->
                        exchange.json(
                                400,
                                "{\"error\":{\"type\":\"prompt_outputs_failed_validation\",\"message\":\"Prompt outputs failed validation\",\"details\":\"\",\"extra_info\":{}},\"node_errors\":{\"5\":{}}}");

        Outcome.Failed failed = (Outcome.Failed) run(TestJobs.IMAGES).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.INVALID_VALUE);
        assertThat(failed.message()).endsWith("Prompt outputs failed validation");
    }

    @Test
    @DisplayName("R124: a workflow that fails is a failed run")
    void aWorkflowThatFailsIsAFailedRun() throws Exception {
        fake.render =
                (prompt, socket) ->
                        FakeComfyUi.send(
                                socket,
                                "execution_error",
                                "\"prompt_id\":\"%s\",\"node_id\":\"3\",\"exception_message\":\"a secret\",\"exception_type\":\"torch.OutOfMemoryError\""
                                        .formatted(prompt));

        RunResult result = run(TestJobs.IMAGES);

        assertFailed(result);
        assertThat(result.trace()).isEqualTo("the workflow failed: torch.OutOfMemoryError");
    }

    @Test
    @DisplayName("R124: an engine that starts again under load is a failed run")
    void aRestartIsAFailedRun() throws Exception {
        fake.render =
                (prompt, socket) -> {
                    fake.progress(prompt, socket, 1);
                    fake.stop();
                };

        assertFailed(run(TestJobs.IMAGES));

        fake.render = fake::finish;
        fake.startAgain();
        engine.check();
        awaitRoom();
        assertThat(run(TestJobs.IMAGES).outcome()).isInstanceOf(Outcome.ImagesCompleted.class);
    }

    @Test
    @DisplayName("R124: an engine that falls silent is a failed run, and its prompt is ended")
    void aHangingEngineIsAFailedRun() throws Exception {
        serve(FakeComfyUi.WORKFLOW, Duration.ofMillis(300));
        fake.render = fake::runUntilInterrupted;

        assertFailed(run(TestJobs.IMAGES));
        fake.interrupted.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "{\"prompt\":\"another name\"}",
                "{\"prompt_id\":{}}",
                "{\"prompt"
            })
    @DisplayName("R124: an answer that is malformed is a failed run")
    void anAnswerThatIsMalformedIsAFailedRun(String body) throws Exception {
        fake.add = exchange -> exchange.json(200, body);

        RunResult result = run(TestJobs.IMAGES);

        assertFailed(result);
        assertThat(result.trace()).doesNotContain("secret");
    }

    @Test
    @DisplayName("R124: a message that is malformed is a failed run")
    void aMessageThatIsMalformedIsAFailedRun() throws Exception {
        fake.render = (prompt, socket) -> socket.frame(1, "secret".getBytes());

        assertFailed(run(TestJobs.IMAGES));
    }

    @Test
    @DisplayName("R124: a picture that cannot be read is a failed run")
    void aBrokenPictureIsAFailedRun() throws Exception {
        fake.picture = "secret".getBytes();

        assertFailed(run(TestJobs.IMAGES));
    }

    @Test
    void endlessMessagesAreNotRead() throws Exception {
        fake.render =
                (prompt, socket) -> {
                    // Text that no last frame follows.
                    socket.frame(1 - 0x80, "x".getBytes());
                    byte[] more = new byte[60_000];
                    while (true) {
                        socket.frame(-0x80, more);
                    }
                };

        assertFailed(run(TestJobs.IMAGES));
    }

    private static Exchange socketOfNobody(Exchange socket) {
        return new Exchange(
                socket.method(),
                socket.target(),
                socket.headers(),
                socket.body(),
                new Socket() {
                    @Override
                    public OutputStream getOutputStream() {
                        return OutputStream.nullOutputStream();
                    }
                });
    }

    /** A result can come a moment before the engine counts as free. */
    private void awaitRoom() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!found.getFirst().ready() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private void await(String call) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!fake.calls.contains(call) && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(fake.calls).contains(call);
    }

    private void serve(String workflow, Duration silence) throws IOException {
        if (engine != null) {
            engine.close();
        }
        found.clear();
        Path file = Files.writeString(folder.resolve("workflow.json"), workflow);
        var settings =
                new EngineSettings(
                        fake.url(),
                        EngineSettings.Kind.COMFYUI,
                        null,
                        null,
                        List.of(),
                        "auto",
                        Map.of(),
                        silence,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        Map.of("painter", file));
        var files = new PictureFiles(claims, new PictureKeys(() -> TestJobs.NOW));
        engine = new RemoteEngine(settings, new ComfyUi(settings, files), found::add);
    }

    private Outcome.Failed refused(Task task) throws Exception {
        var failed = (Outcome.Failed) run(task).outcome();
        assertThat(failed.reason()).isEqualTo(Failure.UNSUPPORTED_PARAMETER);
        return failed;
    }

    private RunResult run(Task task) throws Exception {
        engine.check();
        return start(task).result().get(30, TimeUnit.SECONDS);
    }

    private Running start(Task task) {
        return found.getFirst().start("a", Lane.NORMAL, task, replies::add);
    }

    private static Task.Images withoutNegative(
            @Nullable Integer steps, @Nullable Double guidance, @Nullable Long seed) {
        return new Task.Images(
                "a hat",
                "",
                null,
                null,
                1,
                steps,
                guidance,
                seed,
                null,
                PictureFormat.PNG,
                ResponseFormat.URL);
    }

    private static Task.Images images(
            int width,
            int height,
            int n,
            @Nullable Integer steps,
            @Nullable Double guidance,
            @Nullable Long seed,
            @Nullable PictureEdit edit) {
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
                PictureFormat.PNG,
                ResponseFormat.URL);
    }

    private static void assertFailed(RunResult result) {
        assertThat(result.turnedAway()).isFalse();
        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
    }
}

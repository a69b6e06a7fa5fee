package holt.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Ability;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.PictureEdit;
import holt.protocol.PictureFormat;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fake speaks as vLLM-Omni does, and lists as Xinference and a Holt do. */
class OpenAiImagesTest {
    private final BlockingQueue<FakeHttp.Exchange> requests = new LinkedBlockingQueue<>();
    private final List<String> files = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile FakeHttp.Handler pictures = exchange -> exchange.json(200, answer(1));
    private final FakeHttp fake = new FakeHttp(this::answer);
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), () -> TestJobs.NOW);
    private final List<ModelRunner> found = new ArrayList<>();
    private RemoteEngine engine = with(Duration.ofMinutes(2));

    OpenAiImagesTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        engine.close();
        fake.close();
    }

    @Test
    void settingsAndTheEnginesListSayWhichModelsMakePictures() {
        engine.check();

        assertThat(found)
                .extracting(each -> each.model().name().value(), each -> each.model().kind())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("painter", KnownModel.Kind.IMAGE),
                        org.assertj.core.groups.Tuple.tuple("listed", KnownModel.Kind.IMAGE),
                        org.assertj.core.groups.Tuple.tuple("of-a-holt", KnownModel.Kind.IMAGE),
                        org.assertj.core.groups.Tuple.tuple("chats", KnownModel.Kind.CHAT));
    }

    @Test
    void aGenerationCarriesAllFieldsOfTheTask() throws Exception {
        pictures = exchange -> exchange.json(200, answer(2));

        RunResult result = run(images(2, null));

        FakeHttp.Exchange request = requests.take();
        assertThat(request.path()).isEqualTo("/v1/images/generations");
        assertThat(new JsonMapper().readTree(request.body()).toString())
                .isEqualTo(
                        "{\"model\":\"painter\",\"prompt\":\"a hat\",\"n\":2,\"response_format\":\"b64_json\",\"size\":\"64x32\","
                                + "\"negative_prompt\":\"blurry\",\"seed\":5,\"steps\":12,\"num_inference_steps\":12,\"guidance_scale\":3.5}");
        assertThat(((Outcome.ImagesCompleted) result.outcome()).pictures()).hasSize(2);
        assertThat(TestPictures.read(result.uploads().getFirst().bytes()).getWidth()).isEqualTo(64);
    }

    @Test
    void whatTheClientLeavesOpenStaysOpen() throws Exception {
        run(TestJobs.IMAGES);

        JsonNode body = new JsonMapper().readTree(requests.take().body());
        assertThat(body.propertyNames()).containsExactly("model", "prompt", "n", "response_format");
    }

    @Test
    void anEditIsAFormWithThePictureAndTheMask() throws Exception {
        byte[] source = TestPictures.png(16, 8, 0);
        byte[] mask = TestPictures.png(16, 8, 4);

        run(images(1, new PictureEdit(claims.put(source), claims.put(mask), 0.5, null)));

        FakeHttp.Exchange request = requests.take();
        assertThat(request.path()).isEqualTo("/v1/images/edits");
        assertThat(request.headers().get("content-type")).startsWith("multipart/form-data");
        assertThat(new String(request.body(), StandardCharsets.ISO_8859_1))
                .contains("name=\"prompt\"\r\n\r\na hat\r\n")
                .contains("name=\"strength\"\r\n\r\n0.5\r\n")
                .contains(
                        "name=\"image\"; filename=\"image.png\"\r\nContent-Type: image/png\r\n\r\n"
                                + new String(source, StandardCharsets.ISO_8859_1))
                .contains(new String(mask, StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("R139: several pictures go to the engine together, in their order")
    void severalPicturesGoTogether() throws Exception {
        byte[] first = TestPictures.png(16, 8, 0);
        byte[] second = TestPictures.png(8, 8, 0);

        run(
                images(
                        1,
                        new PictureEdit(
                                claims.put(first), List.of(claims.put(second)), null, null, null)));

        String form = new String(requests.take().body(), StandardCharsets.ISO_8859_1);
        String part = "name=\"image[]\"; filename=\"image.png\"\r\nContent-Type: image/png\r\n\r\n";
        int begin = form.indexOf(part + new String(first, StandardCharsets.ISO_8859_1));
        assertThat(begin).isPositive();
        assertThat(form.indexOf(part + new String(second, StandardCharsets.ISO_8859_1)))
                .isGreaterThan(begin);
    }

    @Test
    @DisplayName("R139: an engine's list or the settings say that a model takes several pictures")
    void theListOrTheSettingsSayIt() {
        engine.check();
        assertThat(found)
                .extracting(each -> each.model().abilities().contains(Ability.SEVERAL_IMAGES))
                .containsExactly(false, false, true, false);

        found.clear();
        engine = with(Duration.ofMinutes(2), Set.of(Ability.SEVERAL_IMAGES, Ability.TOOLS));
        engine.check();

        assertThat(found.getFirst().model().abilities()).containsExactly(Ability.SEVERAL_IMAGES);
        assertThat(found.getLast().model().abilities()).containsExactly(Ability.TOOLS);
    }

    @Test
    @DisplayName("R172: the outcome has the tokens that the engine counts")
    void theOutcomeHasTheTokensThatTheEngineCounts() throws Exception {
        String usage =
                "\"usage\":{\"input_tokens\":50,\"output_tokens\":7,\"total_tokens\":57,"
                        + "\"input_tokens_details\":{\"image_tokens\":40,\"text_tokens\":10}},";
        pictures = exchange -> exchange.json(200, answer(1).replaceFirst("\\{", "{" + usage));

        assertThat(((Outcome.ImagesCompleted) run(TestJobs.IMAGES).outcome()).usage())
                .isEqualTo(new Outcome.PictureUsage(50, 40, 10, 7));

        pictures = exchange -> exchange.json(200, answer(1));
        assertThat(((Outcome.ImagesCompleted) run(TestJobs.IMAGES).outcome()).usage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files/a.png?x=1", "%s/files/a.png?x=1"})
    @DisplayName("R136: a picture that an answer only names is fetched from the engine itself")
    void aPictureOfTheEngineIsFetched(String url) throws Exception {
        pictures =
                exchange ->
                        exchange.json(
                                200,
                                "{\"data\":[{\"url\":\"%s\"}]}"
                                        .formatted(url.formatted(fake.url())));

        RunResult result = run(TestJobs.IMAGES);

        assertThat(result.outcome()).isInstanceOf(Outcome.ImagesCompleted.class);
        assertThat(files).containsExactly("/files/a.png?x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:%d/files/a.png",
                "https://127.0.0.1:%d/files/a.png",
                "//elsewhere/files/a.png",
                "file:///etc/hosts",
                "http://me@127.0.0.1:%d/files/a.png"
            })
    @DisplayName("R136: no other host is asked for a picture")
    void aPictureOfAnotherHostIsNotFetched(String url) throws Exception {
        String named = url.formatted(fake.url().getPort());
        pictures = exchange -> exchange.json(200, "{\"data\":[{\"url\":\"%s\"}]}".formatted(named));

        assertFailed(run(TestJobs.IMAGES));
        assertThat(files).isEmpty();
    }

    @Test
    @DisplayName("R136: a redirect is not followed")
    void aRedirectIsNotFollowed() throws Exception {
        pictures = exchange -> exchange.json(200, "{\"data\":[{\"url\":\"/redirect\"}]}");

        assertFailed(run(TestJobs.IMAGES));
        assertThat(files).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 503})
    @DisplayName("R122: a job that an engine turns away returns to its queue")
    void noRoomTurnsTheJobAway(int status) throws Exception {
        pictures = exchange -> exchange.json(status, "{\"error\":{\"message\":\"busy\"}}");

        assertThat(run(TestJobs.IMAGES).turnedAway()).isTrue();
    }

    @Test
    @DisplayName("R123: an engine's other 4xx is the client's error, with the engine's words")
    void aRefusalHasTheEnginesWords() throws Exception {
        pictures =
                exchange ->
                        exchange.json(
                                400, "{\"error\":{\"message\":\"no hats\",\"param\":\"prompt\"}}");

        var failed = (Outcome.Failed) run(TestJobs.IMAGES).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.INVALID_VALUE);
        assertThat(failed.param()).isEqualTo("prompt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "{\"data\":[]}",
                "{\"data\":[{}]}",
                "{\"data\":[{\"b64_json\":\"%\"}]}"
            })
    @DisplayName("R124: an answer that is malformed is a failed run")
    void anAnswerThatIsMalformedIsAFailedRun(String body) throws Exception {
        pictures = exchange -> exchange.json(200, body);

        RunResult result = run(TestJobs.IMAGES);

        assertFailed(result);
        assertThat(result.trace()).doesNotContain("secret");
    }

    @Test
    @DisplayName("R124: a silent engine is a failed run")
    void aHangingEngineIsAFailedRun() throws Exception {
        pictures = this::hang;
        engine = with(Duration.ofMillis(200));

        assertFailed(run(TestJobs.IMAGES));
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("R125: a cancellation closes the connection to the engine")
    void aCancellationClosesTheConnection() throws Exception {
        pictures = this::hang;
        engine.check();
        Running running = start(TestJobs.IMAGES);
        requests.take();

        running.end(new Outcome.Cancelled());

        closed.get(1, TimeUnit.SECONDS);
    }

    private void hang(FakeHttp.Exchange exchange) {
        exchange.awaitClosed();
        closed.complete(null);
    }

    private void answer(FakeHttp.Exchange exchange) throws IOException {
        switch (exchange.path()) {
            case "/v1/models" ->
                    exchange.json(
                            200,
                            "{\"object\":\"list\",\"data\":[{\"id\":\"painter\",\"created\":1},{\"id\":\"listed\",\"model_type\":\"image\"},{\"id\":\"of-a-holt\",\"kind\":\"image\",\"abilities\":[\"several_images\"]},{\"id\":\"chats\",\"max_model_len\":64}]}");
            case "/v1/images/generations", "/v1/images/edits" -> {
                requests.add(exchange);
                pictures.answer(exchange);
            }
            case "/files/a.png" -> {
                files.add(exchange.target());
                exchange.bytes(200, "image/png", TestPictures.png(8, 8, 0));
            }
            case "/redirect" -> exchange.redirect("/files/a.png");
            default -> exchange.json(404, "{}");
        }
    }

    private static String answer(int n) {
        String datum = "{\"b64_json\":\"" + TestPictures.base64(64, 32) + "\"}";
        return "{\"created\":1,\"data\":["
                + String.join(",", java.util.Collections.nCopies(n, datum))
                + "]}";
    }

    private RemoteEngine with(Duration silence) {
        return with(silence, null);
    }

    private RemoteEngine with(Duration silence, @Nullable Set<Ability> abilities) {
        if (engine != null) {
            engine.close();
        }
        var settings =
                new EngineSettings(
                        fake.url(),
                        EngineSettings.Kind.OPENAI,
                        null,
                        null,
                        List.of(),
                        "auto",
                        Map.of(),
                        silence,
                        null,
                        List.of(),
                        abilities,
                        List.of("painter"),
                        Map.of());
        var pictureFiles = new PictureFiles(claims, new PictureKeys(() -> TestJobs.NOW));
        return new RemoteEngine(settings, new OpenAi(settings, pictureFiles), found::add);
    }

    private RunResult run(Task task) throws Exception {
        engine.check();
        return start(task).result().get(30, TimeUnit.SECONDS);
    }

    private Running start(Task task) {
        return found.getFirst().start("a", Lane.NORMAL, task, _ -> {});
    }

    private static Task.Images images(int n, @Nullable PictureEdit edit) {
        return new Task.Images(
                "a hat",
                "blurry",
                64,
                32,
                n,
                12,
                3.5,
                5L,
                edit,
                PictureFormat.PNG,
                ResponseFormat.URL);
    }

    private static void assertFailed(RunResult result) {
        assertThat(result.turnedAway()).isFalse();
        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
    }
}

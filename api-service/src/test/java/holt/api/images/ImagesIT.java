package holt.api.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakePainter;
import holt.api.edge.FakeQueue;
import holt.api.edge.Form;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.protocol.Lane;
import holt.protocol.PictureFormat;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid requests for images and their tasks. */
class ImagesIT {
    private static final String GENERATIONS = "/v1/images/generations";
    private static final String EDITS = "/v1/images/edits";
    private static final String HAT = "\"model\":\"painter\",\"prompt\":\"a hat\"";
    private static final byte[] PICTURE = Pictures.opaque(48, 30);
    private static final byte[] MASK = Pictures.mask(48, 30);

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void paint() {
        server.queue().behave(new FakePainter(server.store()));
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                is(
                        "nothing",
                        "\"user\":\"u\",\"quality\":\"hd\",\"wallet\":\"w\",\"style\":\"vivid\",\"moderation\":\"low\","
                                + "\"input_fidelity\":\"high\",\"safety_identifier\":\"s\",\"partial_images\":0,"
                                + "\"background\":\"auto\",\"output_format\":\"png\",\"output_compression\":100",
                        t -> t,
                        usual()),
                is(
                        "zero values",
                        "\"n\":0,\"size\":\"\",\"width\":0,\"height\":0,\"steps\":0,\"step\":0,"
                                + "\"strength\":0,\"response_format\":\"\",\"output_format\":\"\","
                                + "\"image\":\"\",\"file\":\"\",\"mask\":\"\",\"stream\":false,\"background\":\"\"",
                        t -> t,
                        usual()),
                is(
                        "nulls",
                        "\"n\":null,\"size\":null,\"width\":null,\"height\":null,\"seed\":null,"
                                + "\"negative_prompt\":null,\"response_format\":null",
                        t -> t,
                        usual()),
                is("size", "\"size\":\"513x301\"", ImagesIT::size, "513x301"),
                is("size auto", "\"size\":\"auto\"", ImagesIT::size, "nullxnull"),
                is(
                        "width and height win",
                        "\"size\":\"512x512\",\"width\":640,\"height\":64",
                        ImagesIT::size,
                        "640x64"),
                is(
                        "size without width and height",
                        "\"size\":\"64x640\",\"width\":0,\"height\":0",
                        ImagesIT::size,
                        "64x640"),
                is("n", "\"n\":10", Task.Images::n, 10),
                is("steps", "\"steps\":20", Task.Images::steps, 20),
                is("step", "\"step\":21", Task.Images::steps, 21),
                is("steps before step", "\"step\":21,\"steps\":20", Task.Images::steps, 20),
                is("guidance", "\"guidance\":3.5", Task.Images::guidance, 3.5),
                is("guidance_scale", "\"guidance_scale\":4", Task.Images::guidance, 4.0),
                is("guidance 0", "\"guidance\":0", Task.Images::guidance, 0.0),
                is("guidance_scale 0", "\"guidance_scale\":0", Task.Images::guidance, 0.0),
                is(
                        "guidance 0 before guidance_scale",
                        "\"guidance\":0,\"guidance_scale\":4",
                        Task.Images::guidance,
                        0.0),
                is("seed", "\"seed\":-7", Task.Images::seed, -7L),
                is("seed 0", "\"seed\":0", Task.Images::seed, 0L),
                is(
                        "negative_prompt",
                        "\"negative_prompt\":\"a cap\"",
                        Task.Images::negativePrompt,
                        "a cap"),
                is(
                        "response_format",
                        "\"response_format\":\"b64_json\"",
                        Task.Images::responseFormat,
                        ResponseFormat.B64_JSON),
                is(
                        "output_format",
                        "\"output_format\":\"jpeg\"",
                        Task.Images::outputFormat,
                        PictureFormat.JPEG));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void everyFieldOfAGenerationArrives(
            String name, String fields, Function<Task.Images, Object> read, Object expected)
            throws IOException {
        RawClient.Reply reply = json(GENERATIONS, "{" + HAT + "," + fields + "}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(read.apply(task())).isEqualTo(expected);
    }

    @Test
    @DisplayName("R78: source pictures are claim checks of PNGs that the API encoded")
    void aSourcePictureIsStoredAsAPngOfOurOwn() throws IOException {
        byte[] gif = Pictures.gif(48, 30);
        String uri = "data:image/gif;base64," + Base64.getEncoder().encodeToString(gif);

        json(EDITS, "{" + HAT + ",\"image\":\"" + uri + "\"}");

        byte[] stored = server.store().get(task().edit().source().key());
        assertThat(stored).startsWith(0x89, 'P', 'N', 'G');
        assertStored(task().edit().source(), 48, 30);
    }

    @Test
    void aGenerationWithAFileStartsFromIt() throws IOException {
        json(GENERATIONS, "{" + HAT + ",\"file\":\"" + Pictures.dataUri(PICTURE) + "\"}");

        Task.Images task = task();
        assertThat(size(task)).isEqualTo("48x30");
        assertThat(task.edit().mask()).isNull();
        assertThat(task.edit().strength()).isNull();
        assertStored(task.edit().source(), 48, 30);
    }

    @Test
    void anEditAsJsonStartsFromItsImageAndMask() throws IOException {
        json(
                EDITS,
                "{"
                        + HAT
                        + ",\"image\":[\""
                        + Pictures.dataUri(PICTURE)
                        + "\"],\"mask\":\""
                        + Pictures.dataUri(MASK)
                        + "\",\"strength\":0.5,\"image_guidance\":2,\"size\":\"64x65\"}");

        Task.Images task = task();
        assertThat(size(task)).isEqualTo("64x65");
        assertThat(task.edit().strength()).isEqualTo(0.5);
        assertThat(task.edit().sourceGuidance()).isEqualTo(2);
        assertStored(task.edit().source(), 48, 30);
        BufferedImage mask = assertStored(task.edit().mask(), 48, 30);
        assertThat(mask.getRGB(0, 0) >>> 24).isZero();
        assertThat(mask.getRGB(47, 0) >>> 24).isEqualTo(255);
    }

    @Test
    void anEditTakesItsPicturesInOpenAisPresentForm() throws IOException {
        RawClient.Reply reply =
                json(
                        EDITS,
                        "{"
                                + HAT
                                + ",\"images\":[{\"image_url\":\""
                                + Pictures.dataUri(PICTURE)
                                + "\"}],\"mask\":{\"image_url\":\""
                                + Pictures.dataUri(MASK)
                                + "\"}}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertStored(task().edit().source(), 48, 30);
        assertStored(task().edit().mask(), 48, 30);
    }

    @Test
    void anImageGuidanceOfZeroIsAValue() throws IOException {
        json(
                EDITS,
                "{"
                        + HAT
                        + ",\"image\":\""
                        + Pictures.dataUri(PICTURE)
                        + "\",\"image_guidance_scale\":0}");

        assertThat(task().edit().sourceGuidance()).isZero();
    }

    static Stream<Form> forms() {
        return Stream.of(
                form().file("image", PICTURE).file("mask", MASK),
                new Form()
                        .file("mask", MASK)
                        .file("image[]", PICTURE)
                        .text("n", "2")
                        .text("prompt", "a hat")
                        .text("strength", "0.5")
                        .text("seed", "7")
                        .text("response_format", "")
                        .text("size", "")
                        .text("stream", "false")
                        .text("quality", "high")
                        .text("user", "u")
                        .text("background", "auto")
                        .text("input_fidelity", "high"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void anEditAsAFormIsReadWhateverTheOrderOfItsParts(Form form) throws IOException {
        RawClient.Reply reply = send(form.post(EDITS));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        FakeQueue.Taken taken = server.queue().taken.element();
        Task.Images task = task();
        assertThat(taken.job().model().name().value()).isEqualTo("painter");
        assertThat(task.prompt()).isEqualTo("a hat");
        assertThat(task.n()).isEqualTo(2);
        assertThat(task.seed()).isEqualTo(7);
        assertThat(task.edit().strength()).isEqualTo(0.5);
        assertThat(size(task)).isEqualTo("48x30");
        assertStored(task.edit().source(), 48, 30);
        assertStored(task.edit().mask(), 48, 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"----=_Part_7_1.2", "=", "a=b", "'()+_,-./:=?"})
    void aFormsBoundaryMayHoldAnyCharacterWithoutQuotes(String boundary) throws IOException {
        Form form = new Form(boundary).text("prompt", "a hat").file("image", PICTURE);

        RawClient.Reply reply = send(form.post(EDITS));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertStored(task().edit().source(), 48, 30);
    }

    static Stream<Arguments> routes() {
        String picture = "\"image\":\"" + Pictures.dataUri(PICTURE) + "\"";
        String hat = "\"prompt\":\"a hat\"";
        Form form = new Form().text("prompt", "a hat");
        Form withPicture = new Form().text("prompt", "a hat").file("image", PICTURE);
        return Stream.of(GENERATIONS, EDITS)
                .flatMap(route ->
                        Stream.of(
                                arguments("JSON to " + route, post(route, "{" + hat + "}"), false),
                                arguments(
                                        "JSON with a picture to " + route,
                                        post(route, "{" + hat + "," + picture + "}"),
                                        true),
                                arguments(
                                        "JSON with null to " + route,
                                        post(route, "{" + hat + ",\"image\":null,\"file\":\"\"}"),
                                        false),
                                arguments("a form to " + route, form.post(route), false),
                                arguments(
                                        "a form with a picture to " + route,
                                        withPicture.post(route),
                                        true)));
    }

    /** The requests name no model, since there is one image model. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    void whatARequestCarriesDecidesWhetherItIsAnEdit(String name, byte[] request, boolean edit)
            throws IOException {
        RawClient.Reply reply = send(request);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        FakeQueue.Taken taken = server.queue().taken.element();
        assertThat(taken.job().model().name().value()).isEqualTo("painter");
        assertThat(task().edit() != null).isEqualTo(edit);
        assertThat(taken.job().timeout()).isEqualTo(Duration.ofSeconds(edit ? 170 : 290));
    }

    @Test
    void generationsAndEditsHaveTheirDeadlines() throws IOException {
        json(GENERATIONS, "{" + HAT + "}");
        assertThat(server.queue().taken.remove().job().timeout())
                .isEqualTo(Duration.ofSeconds(290));

        send(form().file("image", PICTURE).post(EDITS));
        assertThat(server.queue().taken.remove().job().timeout())
                .isEqualTo(Duration.ofSeconds(170));
    }

    @Test
    void anAsynchronousRequestIsAcceptedAndItsKeyIsKept() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.waiting());

        RawClient.Reply reply =
                send(
                        RawClient.post(
                                GENERATIONS,
                                "application/json\r\nPrefer: respond-async\r\nIdempotency-Key: k",
                                ("{" + HAT + "}").getBytes(StandardCharsets.UTF_8)));

        FakeQueue.Taken job = server.queue().taken.element();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.headers()).containsEntry("location", "/v1/jobs/" + job.id().value());
        assertThat(job.job().outlives()).isTrue();
        assertThat(job.job().lane()).isEqualTo(Lane.BATCH);
        assertThat(job.job().key()).isNotNull();
    }

    private static Arguments is(
            String name, String fields, Function<Task.Images, Object> read, Object expected) {
        return arguments(name, fields, read, expected);
    }

    /** The task of a request with only a model and a prompt. */
    private static Object usual() {
        return new Task.Images(
                "a hat",
                "",
                null,
                null,
                1,
                null,
                null,
                null,
                null,
                PictureFormat.PNG,
                ResponseFormat.URL);
    }

    private static String size(Task.Images task) {
        return task.width() + "x" + task.height();
    }

    private static Task.Images task() {
        return (Task.Images) server.queue().taken.element().job().task();
    }

    private static BufferedImage assertStored(StoredObject object, int width, int height)
            throws IOException {
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(server.store().get(object.key())));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        return image;
    }

    private static Form form() {
        return new Form()
                .text("model", "painter")
                .text("prompt", "a hat")
                .text("n", "2")
                .text("seed", "7")
                .text("strength", "0.5");
    }

    private static RawClient.Reply json(String path, String body) throws IOException {
        return send(post(path, body));
    }

    private static byte[] post(String path, String body) {
        return RawClient.post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static RawClient.Reply send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}

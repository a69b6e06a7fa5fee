package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.system.rig.HoltUp;
import holt.system.rig.http.Pictures;
import holt.system.rig.time.Await;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images through HTTP and Kafka, from a tiny model with random weights to the store. */
@Timeout(120)
class ImagesIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BOUNDARY = "a-boundary";

    /** The usual size of the model. */
    private static final String SIZE = "16x16";

    @TempDir static Path directory;

    private static HoltUp holt;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        Fixtures.imageModel("sd1", directory.resolve("models"));
        holt =
                HoltUp.start(
                        "images-holt",
                        directory,
                        Map.of("HOLT_IMAGES_MAX_STEPS", "1000", "HOLT_WORKER_THREADS", "1"));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        http.close();
        holt.close();
    }

    @Test
    @DisplayName("R83: an image model is listed with its usual size and both of its endpoints")
    void theModelIsListedWithBothOfItsEndpoints() throws Exception {
        JsonNode model = body(get(holt.url().resolve("/v1/models/sd1")));

        assertThat(model.get("kind").asString()).isEqualTo("image");
        assertThat(model.get("url").asString()).endsWith("/v1/images/generations");
        assertThat(model.get("urls")).hasSize(2);
        assertThat(model.at("/sizes/usual").asString()).isEqualTo(SIZE);
    }

    @Test
    void aPictureHasTheRequestedSizeAndItsSeedRepeatsIt() throws Exception {
        String otter =
                "{\"model\":\"sd1\",\"prompt\":\"an otter\",\"size\":\"101x67\",\"steps\":3,\"seed\":%d}";
        byte[] first = open(generate(otter.formatted(5)).at("/data/0/url"));
        byte[] again = open(generate(otter.formatted(5)).at("/data/0/url"));
        byte[] other = open(generate(otter.formatted(6)).at("/data/0/url"));

        assertThat(Pictures.size(Pictures.decode(first))).isEqualTo("101x67");
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void severalPicturesAreSeveralFilesInTheModelsOwnSize() throws Exception {
        JsonNode data =
                generate("{\"model\":\"sd1\",\"prompt\":\"an otter\",\"n\":4,\"steps\":2}")
                        .get("data");

        assertThat(data).hasSize(4);
        var urls = new HashSet<String>();
        for (JsonNode datum : data) {
            urls.add(datum.get("url").asString());
            assertThat(Pictures.size(Pictures.decode(open(datum.get("url"))))).isEqualTo(SIZE);
        }
        assertThat(urls).hasSize(4);
    }

    @Test
    void aPictureInTheAnswerHasTheRequestedFormat() throws Exception {
        JsonNode datum =
                generate(
                                "{\"model\":\"sd1\",\"prompt\":\"an otter\",\"steps\":2,\"width\":33,\"height\":32,"
                                        + "\"response_format\":\"b64_json\",\"output_format\":\"jpeg\"}")
                        .at("/data/0");

        byte[] file = Base64.getDecoder().decode(datum.get("b64_json").asString());
        assertThat(file).startsWith(0xff, 0xd8, 0xff);
        assertThat(Pictures.size(Pictures.decode(file))).isEqualTo("33x32");
        assertThat(datum.has("url")).isFalse();
    }

    @Test
    void anEditByJsonOrFormKeepsThePictureOutsideItsMask() throws Exception {
        byte[] blue = Pictures.blue(41, 30, 41);
        byte[] mask = Pictures.blue(41, 30, 20);
        String json =
                "{\"model\":\"sd1\",\"prompt\":\"an otter\",\"steps\":3,\"seed\":5,\"image\":\"%s\",\"mask\":\"%s\"}"
                        .formatted(dataUri(blue), dataUri(mask));
        byte[] asJson = open(body(post("edits", "application/json", utf8(json))).at("/data/0/url"));
        byte[] form =
                form(
                        Map.of("model", "sd1", "prompt", "an otter", "steps", "3", "seed", "5"),
                        Map.of("mask", mask, "image[]", blue));
        byte[] asForm = open(body(post("edits", formType(), form)).at("/data/0/url"));

        BufferedImage picture = Pictures.decode(asJson);
        assertThat(Pictures.size(picture)).isEqualTo("41x30");
        assertThat(Pictures.notBlue(picture, 0, 20)).isZero();
        assertThat(Pictures.notBlue(picture, 20, 41)).isGreaterThan(21 * 30 / 2);
        assertThat(asForm).isEqualTo(asJson);
    }

    @Test
    void aRepeatedUploadWithItsKeyIsOneJob() throws Exception {
        byte[] form =
                form(
                        Map.of("model", "sd1", "prompt", "an otter", "steps", "2"),
                        Map.of("image", Pictures.blue(16, 16, 16)));

        Answer first = post("edits", formType(), form, "Idempotency-Key", "upload");
        Answer again = post("edits", formType(), form, "Idempotency-Key", "upload");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.job()).isEqualTo(first.job());
    }

    @Test
    @DisplayName("R80: every instance can show the progress of a job in steps")
    void aLongJobShowsItsProgressAndStopsWhenItIsCancelled() throws Exception {
        String thousand =
                "{\"model\":\"sd1\",\"prompt\":\"an otter\",\"n\":10,\"steps\":1000,\"size\":\"64x64\"}";
        Answer accepted =
                post("generations", "application/json", utf8(thousand), "Prefer", "respond-async");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        URI job = holt.url().resolve("/v1/jobs/" + accepted.job());

        Await.until(() -> at(job, "/progress/done").asInt() > 0);
        // The model's scheduler (PLMS) runs one step more than requested.
        assertThat(at(job, "/progress/total").asInt()).isEqualTo(10 * 1001);
        int before = at(job, "/progress/done").asInt();
        Await.until(() -> at(job, "/progress/done").asInt() > before);

        assertThat(send(HttpRequest.newBuilder(job).DELETE()).status()).isEqualTo(202);
        Await.until(() -> at(job, "/status").asString().equals("cancelled"));
        // Then its slot and the engine are free again
        JsonNode next =
                generate("{\"model\":\"sd1\",\"prompt\":\"an otter\",\"steps\":1,\"seed\":1}");
        assertThat(next.get("data")).hasSize(1);
    }

    @Test
    @DisplayName("R77: an instance signs the URLs of the pictures when it shows the job")
    void theResultOfAnAsynchronousJobCanBeReadByItsId() throws Exception {
        Answer accepted =
                post(
                        "generations",
                        "application/json",
                        utf8("{\"model\":\"sd1\",\"prompt\":\"an otter\",\"steps\":2}"),
                        "Prefer",
                        "respond-async");
        URI job = holt.url().resolve("/v1/jobs/" + accepted.job());

        Await.until(() -> at(job, "/status").asString().equals("completed"));
        assertThat(Pictures.size(Pictures.decode(open(at(job, "/result/data/0/url")))))
                .isEqualTo(SIZE);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, byte[] bytes, String job) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static JsonNode generate(String json) {
        return body(post("generations", "application/json", utf8(json)));
    }

    private static JsonNode body(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return JSON.readTree(answer.bytes());
    }

    private static byte[] open(JsonNode url) {
        Answer file = get(URI.create(url.asString()));
        assertThat(file.status()).isEqualTo(200);
        return file.bytes();
    }

    /** A missing node if the instance does not know the job yet. */
    private static JsonNode at(URI job, String field) {
        return JSON.readTree(get(job).bytes()).at(field);
    }

    private static Answer get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    private static Answer post(String route, String type, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(holt.url().resolve("/v1/images/" + route))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static Answer send(HttpRequest.Builder request) {
        var reply =
                http.sendAsync(
                                request.timeout(Duration.ofSeconds(60)).build(),
                                BodyHandlers.ofByteArray())
                        .join();
        return new Answer(
                reply.statusCode(),
                reply.body(),
                reply.headers().firstValue("X-Holt-Job-Id").orElse(""));
    }

    private static String formType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    private static byte[] form(Map<String, String> texts, Map<String, byte[]> files) {
        var body = new ByteArrayOutputStream();
        files.forEach((name, bytes) -> part(body, "name=\"" + name + "\"; filename=\"x\"", bytes));
        texts.forEach((name, text) -> part(body, "name=\"" + name + "\"", utf8(text)));
        body.writeBytes(utf8("--" + BOUNDARY + "--\r\n"));
        return body.toByteArray();
    }

    private static void part(ByteArrayOutputStream body, String head, byte[] content) {
        body.writeBytes(
                utf8(
                        "--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; "
                                + head
                                + "\r\nContent-Type: application/octet-stream\r\n\r\n"));
        body.writeBytes(content);
        body.writeBytes(utf8("\r\n"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String dataUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}

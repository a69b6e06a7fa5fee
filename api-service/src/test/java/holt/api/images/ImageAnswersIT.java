package holt.api.images;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakePainter;
import holt.api.edge.FakeQueue;
import holt.api.edge.Form;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.PictureFormat;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The answers to requests for images. */
class ImageAnswersIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GENERATIONS = "/v1/images/generations";
    private static final String HAT = "\"model\":\"painter\",\"prompt\":\"a hat\"";
    private static final Task.Images TASK =
            new Task.Images(
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

    @AfterEach
    void storeIsBack() {
        server.store().setDown(false);
    }

    @Test
    void aPictureIsAnsweredByItsUrl() throws IOException {
        RawClient.Reply reply = json(GENERATIONS, "{" + HAT + ",\"n\":2}");

        JsonNode body = JSON.readTree(reply.bytes());
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(body.propertyNames())
                .containsExactly(
                        "code",
                        "message",
                        "created",
                        "data",
                        "background",
                        "output_format",
                        "quality");
        assertThat(body.get("output_format").asString()).isEqualTo("png");
        assertThat(body.get("code").isInt()).isTrue();
        assertThat(body.get("created").isIntegralNumber()).isTrue();
        assertThat(body.get("data")).hasSize(2);
        assertThat(body.at("/data/0").propertyNames()).containsExactly("url");
        assertThat(body.at("/data/0/url").asString())
                .contains("0123456789abcde0.png")
                .isNotEqualTo(body.at("/data/1/url").asString());
    }

    @Test
    void aPictureIsAnsweredAsItLiesInTheStore() throws IOException {
        RawClient.Reply reply = json(GENERATIONS, "{" + HAT + ",\"response_format\":\"b64_json\"}");

        JsonNode datum = JSON.readTree(reply.bytes()).at("/data/0");
        assertThat(datum.propertyNames()).containsExactly("b64_json");
        assertThat(Base64.getDecoder().decode(datum.get("b64_json").asString()))
                .isEqualTo(FakePainter.picture());
    }

    @Test
    void aRunningJobShowsItsProgressAndAnEndedOneItsPictures() throws IOException {
        put(
                "painting",
                JobStatus.RUNNING,
                new Heartbeat.JobProgress(new JobId("painting"), 3, 20),
                null);
        put("painted", JobStatus.COMPLETED, null, FakePainter.painted(server.store(), TASK));

        JsonNode running = JSON.readTree(send(RawClient.get("/v1/jobs/painting")).bytes());
        JsonNode ended = JSON.readTree(send(RawClient.get("/v1/jobs/painted")).bytes());

        assertThat(running.get("progress")).isEqualTo(JSON.readTree("{\"done\":3,\"total\":20}"));
        assertThat(ended.has("progress")).isFalse();
        assertThat(ended.at("/result/data/0/url").asString()).contains("0123456789abcde0.png");
        assertThat(ended.at("/result/created").asLong()).isEqualTo(1_700_000_000);
    }

    @Test
    @DisplayName("R69: a client's disconnect cancels its job for images")
    void aDisconnectCancelsTheJob() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.waiting());

        try (var client = new RawClient(server.port())) {
            client.send(
                    RawClient.post(
                            GENERATIONS, ("{" + HAT + "}").getBytes(StandardCharsets.UTF_8)));
            Await.until(() -> !server.queue().taken.isEmpty());
        }

        Await.until(() -> !server.queue().abandoned.isEmpty());
    }

    @Test
    void progressIsNoAnswerAndAFailureOfTheWorkerIs() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Reply.Progress(1, 2),
                                new Outcome.Failed(
                                        Failure.INVALID_VALUE, "steps: at most 5", "steps")));

        RawClient.Reply reply = json(GENERATIONS, "{" + HAT + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(JSON.readTree(reply.bytes()).at("/error/param").asString()).isEqualTo("steps");
    }

    @Test
    void anUnavailableStoreIsAnErrorThatTheClientMayRetry() throws IOException {
        server.store().setDown(true);
        byte[] edit =
                new Form()
                        .text("prompt", "a hat")
                        .file("image", Pictures.opaque(16, 16))
                        .post("/v1/images/edits");
        RawClient.Reply source = send(edit);
        assertThat(server.queue().taken).isEmpty();
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.ImagesCompleted(
                                        List.of(
                                                new Outcome.Picture(
                                                        "pictures/x", 1, 1, "image/png", null)),
                                        ResponseFormat.B64_JSON)));
        RawClient.Reply result = json(GENERATIONS, "{" + HAT + "}");

        for (RawClient.Reply reply : List.of(source, result)) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(503);
            assertThat(JSON.readTree(reply.bytes()).get("code").intValue()).isEqualTo(2023);
            assertThat(reply.headers()).containsKey("retry-after");
        }
    }

    private static void put(
            String id, JobStatus status, Heartbeat.JobProgress progress, Outcome outcome) {
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                new JobId(id),
                                new ModelName("painter"),
                                Lane.NORMAL,
                                status,
                                Instant.ofEpochSecond(1_700_000_000),
                                true,
                                null,
                                null,
                                List.of(),
                                progress,
                                null,
                                null,
                                null),
                        outcome);
    }

    private static RawClient.Reply json(String path, String body) throws IOException {
        return send(RawClient.post(path, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static RawClient.Reply send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}

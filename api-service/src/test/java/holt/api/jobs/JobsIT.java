package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.FakeJobs;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Asked;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.VectorFormat;
import holt.protocol.WorkerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs by their id, and what a request's headers make of its job. */
class JobsIT extends RefusalContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

    @Test
    void aQueuedJobShowsItsPositionAndThatNoWorkerServesIt() throws IOException {
        put("queued", JobStatus.QUEUED, null);

        assertThat(body(get("queued")))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"code":0,"message":"success","id":"queued","object":"job","status":"queued","detail":"no_worker",
                                 "model":"m","lane":"batch","created":1700000000,"position":3,"eta_seconds":40,
                                 "attempts":[{"run":1,"worker":"w","started":1700000000,"failure":"worker_failed"}]}\
                                """));
    }

    @Test
    void aCompletedJobHasTheBodyThatAWaitingClientGets() throws IOException {
        put("done", JobStatus.COMPLETED, FakeQueue.completed("yo"));

        RawClient.Reply reply = get("done");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("x-holt-job-id", "done");
        JsonNode result = body(reply).get("result");
        assertThat(result.at("/choices/0/message/content").asString()).isEqualTo("yo");
        assertThat(result.get("id").asString()).isEqualTo("chatcmpl-done");
        assertThat(result.get("created").asLong()).isEqualTo(CREATED.getEpochSecond());
        assertThat(body(reply).has("error")).isFalse();
    }

    @Test
    @DisplayName("R138: a job's result has the alias and the tier that its client asked for")
    void aResultHasTheNameAndTheTierThatWereAskedFor() throws IOException {
        var asked = new Asked("gpt-4o-mini", "flex", null);
        put("asked", JobStatus.COMPLETED, FakeQueue.completed("yo"), asked);
        put(
                "vectors",
                JobStatus.COMPLETED,
                new Outcome.Embedded(
                        List.of("AACAPw=="), VectorFormat.FLOAT, new Outcome.Usage(1, 0)),
                asked);

        assertThat(body(get("asked")).get("model").asString()).isEqualTo("m");
        JsonNode chat = body(get("asked")).get("result");
        assertThat(chat.get("model").asString()).isEqualTo("gpt-4o-mini");
        assertThat(chat.get("service_tier").asString()).isEqualTo("flex");
        assertThat(body(get("vectors")).at("/result/model").asString()).isEqualTo("gpt-4o-mini");
    }

    @Test
    @DisplayName("R138: the result of a completion is a completion")
    void theResultOfACompletionIsACompletion() throws IOException {
        put(
                "completed",
                JobStatus.COMPLETED,
                FakeQueue.completed("yo"),
                new Asked("davinci", null, new Asked.Form.Completion(false)));

        JsonNode result = body(get("completed")).get("result");

        assertThat(result.get("object").asString()).isEqualTo("text_completion");
        assertThat(result.get("id").asString()).isEqualTo("cmpl-completed");
        assertThat(result.get("model").asString()).isEqualTo("davinci");
        assertThat(result.at("/choices/0/text").asString()).isEqualTo("yo");
    }

    @Test
    void aFailedJobShowsItsErrorInASuccessfulAnswer() throws IOException {
        put(
                "failed",
                JobStatus.FAILED,
                new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed"));

        JsonNode job = body(get("failed"));

        assertThat(job.get("code").asInt()).isZero();
        assertThat(job.get("status").asString()).isEqualTo("failed");
        assertThat(job.at("/error/code").asString()).isEqualTo("worker_failed");
        assertThat(job.has("result")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"GET, nobody", "DELETE, nobody", "GET, no.id", "DELETE, no.id"})
    void anUnknownJobIs404(String method, String id) throws IOException {
        refused(request(method, "/v1/jobs/" + id, ""), 404, 2020);
    }

    @Test
    void aRunningJobIsCancelledAndAFinishedOneIs409() throws IOException {
        put("running", JobStatus.RUNNING, null);
        put("over", JobStatus.COMPLETED, FakeQueue.completed("yo"));

        assertThat(send(request("DELETE", "/v1/jobs/running", "")).status()).isEqualTo(202);
        assertThat(server.bean(FakeJobs.class).cancelled).containsExactly(new JobId("running"));
        refused(request("DELETE", "/v1/jobs/over", ""), 409, 2019);
    }

    @Test
    @DisplayName(
            "R65: an asynchronous job goes to the lane batch, and its client gets 202 and the URL to ask")
    void anAsynchronousRequestGets202AndTheUrlToAsk() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.waiting());

        RawClient.Reply reply = chat("Prefer: respond-async\r\nCancel-After: 100\r\n");

        FakeQueue.Taken job = server.queue().taken.element();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.headers())
                .containsEntry("location", "/v1/jobs/" + job.id().value())
                .containsEntry("x-holt-job-id", job.id().value())
                .containsEntry("preference-applied", "respond-async");
        assertThat(body(reply).get("status").asString()).isEqualTo("queued");
        assertThat(job.job().outlives()).isTrue();
        assertThat(job.job().lane()).isEqualTo(Lane.BATCH);
        assertThat(job.job().timeout()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void anAsynchronousRequestMayWaitAWhileForItsResult() throws IOException {
        RawClient.Reply quick = chat("Prefer: respond-async, wait=5\r\n");
        assertThat(quick.status()).isEqualTo(200);
        assertThat(body(quick).at("/choices/0/message/content").asString()).isEqualTo("yo");

        server.queue().behave(FakeQueue.Behaviour.waiting());
        assertThat(chat("Prefer: respond-async, wait=1\r\n").status()).isEqualTo(202);
    }

    @Test
    @DisplayName("R63: the API ignores the preference in a request for a stream")
    void aStreamIsNeverAsynchronous() throws IOException {
        byte[] request = RawClient.chat(GOOD.replaceFirst("\\{", "{\"stream\":true,"));
        RawClient.Reply reply = send(withHeaders(request, "Prefer: respond-async\r\n"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "text/event-stream");
        assertThat(server.queue().taken.element().job().outlives()).isFalse();
    }

    @Test
    @DisplayName("R73: at the deadline the API answers 504 (2014) with the job's id")
    void atTheDeadlineTheAnswerIs504() throws IOException {
        server.queue().behave(job -> job.reply(new Outcome.Failed(Failure.TIMEOUT, "too late")));

        RawClient.Reply reply = chat("");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(body(reply).get("code").asInt()).isEqualTo(2014);
        assertThat(reply.headers())
                .containsEntry("x-holt-job-id", server.queue().taken.element().id().value());
    }

    @Test
    void aWaitingClientMayShortenItsDeadlineButNotExtendIt() throws IOException {
        chat("Cancel-After: 5\r\n");
        assertThat(server.queue().taken.remove().job().timeout()).isEqualTo(Duration.ofSeconds(5));
        chat("Cancel-After: 5000\r\n");
        assertThat(server.queue().taken.remove().job().timeout())
                .isEqualTo(Duration.ofSeconds(170));
    }

    @ParameterizedTest
    @CsvSource({
        "Cancel-After: soon",
        "Cancel-After: 0",
        "Cancel-After: -5",
        "Cancel-After: 315360000",
    })
    void anInvalidDeadlineIsRefusedByItsName(String header) throws IOException {
        JsonNode body = refused(chatRequest(header + "\r\n"), 400, 2002);
        assertThat(body.at("/error/param").asString()).isEqualTo("Cancel-After");
    }

    @Test
    void aKeyOf256CharactersIsRefused() throws IOException {
        JsonNode body =
                refused(chatRequest("Idempotency-Key: " + "k".repeat(256) + "\r\n"), 400, 2002);
        assertThat(body.at("/error/param").asString()).isEqualTo("Idempotency-Key");
    }

    private static void put(String id, JobStatus status, Outcome outcome) {
        put(id, status, outcome, null);
    }

    private static void put(String id, JobStatus status, Outcome outcome, Asked asked) {
        boolean queued = status == JobStatus.QUEUED;
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                new JobId(id),
                                new ModelName("m"),
                                Lane.BATCH,
                                status,
                                CREATED,
                                false,
                                queued ? 3L : null,
                                queued ? 40L : null,
                                List.of(
                                        new JobState.Attempt(
                                                1,
                                                new WorkerId("w"),
                                                CREATED,
                                                Failure.WORKER_FAILED))),
                        outcome,
                        asked);
    }

    private static RawClient.Reply get(String id) throws IOException {
        return send(request("GET", "/v1/jobs/" + id, ""));
    }

    private static RawClient.Reply chat(String headers) throws IOException {
        return send(chatRequest(headers));
    }

    private static byte[] chatRequest(String headers) {
        return withHeaders(RawClient.chat(GOOD), headers);
    }

    private static byte[] withHeaders(byte[] request, String headers) {
        return new String(request, StandardCharsets.UTF_8)
                .replaceFirst("Host: x\r\n", "Host: x\r\n" + headers)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode body(RawClient.Reply reply) {
        return JSON.readTree(reply.bytes());
    }

    private static byte[] request(String method, String path, String headers) {
        return RawClient.bytes(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    private static RawClient.Reply send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}

package holt.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.audit.AuditEntry;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeAudit;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakeQueue;
import holt.api.edge.FakeWorkers;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What operators can do over HTTP. */
class LeversIT {
    private static EdgeServer server;
    private static FakeAudit audit;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
        audit = server.bean(FakeAudit.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forgetTheAudit() {
        audit.entries.clear();
        audit.refuses = false;
    }

    @Test
    @DisplayName("R199: callers and operators see that a model is paused")
    void aPauseIsShownToCallersAndOperators() throws IOException {
        assertThat(post("queues/pause", "{'model':'ORG/NAME','why':'new weights'}").status())
                .isEqualTo(200);

        JsonNode queue = get("/admin/v1/queues").at("/data/0");
        assertThat(queue.get("model").asString()).isEqualTo("ORG/NAME");
        assertThat(queue.at("/paused/why").asString()).isEqualTo("new weights");
        assertThat(queue.at("/paused/by").asString()).isEqualTo("none");
        assertThat(queue.at("/paused/since").asLong()).isPositive();

        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        RawClient.Reply accepted =
                send(
                        RawClient.post(
                                "/v1/chat/completions",
                                "application/json\r\nPrefer: respond-async",
                                json(
                                        "{'model':'ORG/NAME','messages':[{'role':'user','content':'hi'}]}")));
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.headers()).containsEntry("x-holt-detail", "paused");
        JsonNode job = Json.MAPPER.readTree(accepted.bytes());
        assertThat(job.get("detail").asString()).isEqualTo("paused");
        assertThat(job.at("/paused/why").asString()).isEqualTo("new weights");

        assertThat(post("queues/resume", "{'model':'ORG/NAME'}").status()).isEqualTo(200);
        assertThat(get("/admin/v1/queues").at("/data/0").has("paused")).isFalse();
        assertThat(audit.entries)
                .extracting(AuditEntry::action)
                .containsExactly("model.paused", "model.resumed");
    }

    @Test
    @DisplayName("R200: a change that the audit does not take is not made")
    void withoutAnAuditNothingChanges() throws IOException {
        audit.refuses = true;

        assertThat(post("queues/pause", "{'model':'m','why':'test'}").status()).isEqualTo(503);
        assertThat(post("workers/w/drain", "{}").status()).isEqualTo(503);
        assertThat(post("keys", "{'name':'otter'}").status()).isEqualTo(503);

        assertThat(get("/admin/v1/queues").toString()).doesNotContain("paused");
        assertThat(get("/admin/v1/keys").get("data")).isEmpty();
        assertThat(server.bean(FakeWorkers.class).told).isEmpty();
    }

    @Test
    void theAuditIsListedNewestFirst() throws IOException {
        post("queues/pause", "{'model':'m','why':'one'}");
        post("queues/pause", "{'model':'m','why':'two'}");
        post("queues/resume", "{'model':'m'}");

        JsonNode page = get("/admin/v1/audit?limit=2");
        assertThat(page.at("/data/0/action").asString()).isEqualTo("model.resumed");
        assertThat(page.at("/data/1/detail").asString()).isEqualTo("two");
        assertThat(page.at("/data/1/from").asString()).isEqualTo("127.0.0.1");

        JsonNode rest = get("/admin/v1/audit?before=" + page.get("next").asLong());
        assertThat(rest.at("/data/0/detail").asString()).isEqualTo("one");
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    @DisplayName(
            "R201: a cancellation acts on all open jobs that match, and a dry run only counts them")
    void aFilterCancelsAllMatches() throws IOException {
        FakeJobs jobs = server.bean(FakeJobs.class);
        for (int i = 0; i < 250; i++) {
            put("open" + i, "bulk", JobStatus.QUEUED);
        }
        put("runs", "bulk", JobStatus.RUNNING);
        put("over", "bulk", JobStatus.COMPLETED);
        put("other", "m", JobStatus.QUEUED);

        JsonNode counted = cancel("{'model':'bulk','status':'queued','dry_run':true}");
        assertThat(counted.get("matches").asInt()).isEqualTo(250);
        assertThat(jobs.cancelled).isEmpty();
        assertThat(audit.entries).isEmpty();

        JsonNode done = cancel("{'model':'bulk','status':'queued'}");
        assertThat(done.get("cancelled").asInt()).isEqualTo(250);
        assertThat(jobs.cancelled)
                .hasSize(250)
                .doesNotContain(new JobId("runs"), new JobId("other"));
        assertThat(audit.entries)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.target()).isEqualTo("model=bulk status=queued");
                    assertThat(entry.detail()).isEqualTo("250 jobs");
                });
    }

    @Test
    void aWorkerIsShownAndDrained() throws IOException {
        JsonNode worker = get("/admin/v1/workers").at("/data/0");
        assertThat(worker.get("id").asString()).isEqualTo("w");
        assertThat(worker.get("state").asString()).isEqualTo("serving");
        assertThat(worker.at("/models/0/slots").asInt()).isEqualTo(4);

        assertThat(post("workers/w/drain", "{'why':'hot'}").status()).isEqualTo(200);
        assertThat(audit.entries.getFirst().detail()).isEqualTo("hot");
        assertThat(post("workers/w/undrain", "{}").status()).isEqualTo(200);
        assertThat(post("workers/nobody/drain", "{}").status()).isEqualTo(404);

        assertThat(server.bean(FakeWorkers.class).told).containsExactly("drain w", "undrain w");
        server.bean(FakeWorkers.class).told.clear();
    }

    @Test
    void aDeadLettersRequestIsHidden() throws IOException {
        JsonNode list = get("/admin/v1/dead");
        assertThat(list.get("total").asInt()).isEqualTo(2);
        assertThat(list.at("/groups/0/count").asInt()).isEqualTo(1);
        assertThat(list.at("/data/0/number").asInt()).isEqualTo(9);

        JsonNode one = get("/admin/v1/dead/7");
        assertThat(one.get("redacted").asBoolean()).isTrue();
        assertThat(one.toString()).doesNotContain("secret");
        assertThat(send(RawClient.get("/admin/v1/dead/8")).status()).isEqualTo(404);
    }

    @Test
    void aDeadLettersRequestIsShownIfTheSettingAllowsIt() throws IOException {
        try (var open = EdgeServer.start("--holt.admin.show-requests=true");
                var client = new RawClient(open.port())) {
            JsonNode one =
                    Json.MAPPER.readTree(
                            client.send(RawClient.get("/admin/v1/dead/7")).reply().bytes());

            assertThat(one.get("request").toString()).contains("a secret");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "queues/pause,  \"{'why':'x'}\",                          model",
                "queues/pause,  \"{'model':'m'}\",                        why",
                "queues/resume, {},                                     model",
                "jobs/cancel,   {},                                     all",
                "jobs/cancel,   {'status':'completed'},                 status",
                "dead/replay,   {},                                     all",
                "dead/replay,   \"{'all':true,'limit':0}\",               limit",
                "dead/discard,  {'reason':'bad_mood'},                  reason"
            })
    void anInvalidOrderIsRefusedByItsField(String route, String body, String field)
            throws IOException {
        RawClient.Reply reply = post(route, body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.body()).contains("\"param\":\"" + field + "\"");
        assertThat(audit.entries).isEmpty();
    }

    @Test
    void anUnknownModelCannotBePaused() throws IOException {
        assertThat(post("queues/pause", "{'model':'nobody','why':'x'}").status()).isEqualTo(404);
    }

    private static void put(String id, String model, JobStatus status) {
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                new JobId(id),
                                new ModelName(model),
                                Lane.NORMAL,
                                status,
                                Instant.ofEpochSecond(1_700_000_000),
                                true,
                                null,
                                null,
                                List.of()),
                        status.isEnd() ? FakeQueue.completed("yo") : null);
    }

    private static JsonNode cancel(String body) throws IOException {
        RawClient.Reply reply = post("jobs/cancel", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return Json.MAPPER.readTree(reply.bytes());
    }

    private static JsonNode get(String path) throws IOException {
        RawClient.Reply reply = send(RawClient.get(path));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return Json.MAPPER.readTree(reply.bytes());
    }

    private static RawClient.Reply post(String route, String body) throws IOException {
        return send(RawClient.post("/admin/v1/" + route, json(body)));
    }

    private static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static RawClient.Reply send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}

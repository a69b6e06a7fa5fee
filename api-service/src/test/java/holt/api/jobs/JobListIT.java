package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakeQueue;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Jobs of callers with keys. */
class JobListIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

    private static EdgeServer server;
    private static String blue;
    private static String red;

    @BeforeAll
    static void start() throws IOException {
        server = EdgeServer.start("--holt.keys.required=always", "--holt.admin.key=" + ADMIN);
        blue = key("blue");
        red = key("red");
        for (int i = 0; i < 5; i++) {
            put("blue" + i, i == 0 ? JobStatus.RUNNING : JobStatus.COMPLETED, "team:blue", i);
        }
        put("red0", JobStatus.COMPLETED, "team:red", 9);
        put("old", JobStatus.COMPLETED, null, 10);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("R163: another caller's job is 404, for a look and for a cancellation")
    void anotherCallersJobIs404() throws IOException {
        assertThat(send("GET /v1/jobs/blue1", blue).status()).isEqualTo(200);
        assertThat(send("GET /v1/jobs/blue1", ADMIN).status()).isEqualTo(200);
        assertThat(send("GET /v1/jobs/old", ADMIN).status()).isEqualTo(200);

        RawClient.Reply look = send("GET /v1/jobs/blue1", red);
        assertThat(look.status()).isEqualTo(404);
        assertThat(look.body()).isEqualTo(send("GET /v1/jobs/nobody", red).body());
        assertThat(send("DELETE /v1/jobs/blue0", red).status()).isEqualTo(404);
        assertThat(send("GET /v1/jobs/old", red).status()).isEqualTo(404);
        assertThat(server.bean(FakeJobs.class).cancelled).isEmpty();
    }

    @Test
    void aCallerListsItsOwnJobsNewestFirst() throws IOException {
        assertThat(ids("", blue)).containsExactly("blue4", "blue3", "blue2", "blue1", "blue0");
        assertThat(ids("?caller=team:red", blue)).hasSize(5).allMatch(id -> id.startsWith("blue"));
        assertThat(ids("?status=running", blue)).containsExactly("blue0");
        assertThat(ids("?model=other", blue)).isEmpty();
    }

    @Test
    void anOperatorListsAllJobsOrThoseOfACaller() throws IOException {
        assertThat(ids("", ADMIN)).hasSize(7).startsWith("old", "red0", "blue4");
        assertThat(ids("?caller=team:red", ADMIN)).containsExactly("red0");
    }

    @Test
    void aListGoesOnWhereItsPageEnded() throws IOException {
        JsonNode first = list("?limit=2", blue);
        assertThat(first.get("has_more").asBoolean()).isTrue();

        var seen = new ArrayList<>(idsOf(first));
        JsonNode page = first;
        while (page.has("next")) {
            page = list("?limit=2&after=" + page.get("next").asString(), blue);
            seen.addAll(idsOf(page));
        }

        assertThat(seen).containsExactly("blue4", "blue3", "blue2", "blue1", "blue0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "status=done",
                "after=x",
                "created_after=soon",
                "created_before=-1"
            })
    void anInvalidQueryIsRefusedByItsParameter(String query) throws IOException {
        RawClient.Reply reply = send("GET /v1/jobs?" + query, blue);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("\"param\":\"" + query.substring(0, query.indexOf('=')) + "\"");
    }

    private static void put(String id, JobStatus status, String caller, int age) {
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                new JobId(id),
                                new ModelName("m"),
                                Lane.NORMAL,
                                status,
                                CREATED.plusSeconds(age),
                                true,
                                null,
                                null,
                                List.of(),
                                null,
                                caller,
                                null,
                                null),
                        status.isEnd() ? FakeQueue.completed("yo") : null);
    }

    private static String key(String team) throws IOException {
        byte[] body =
                ("{\"name\":\"a\",\"team\":\"" + team + "\"}").getBytes(StandardCharsets.UTF_8);
        try (var client = new RawClient(server.port())) {
            byte[] post =
                    RawClient.post(
                            "/admin/v1/keys",
                            "application/json\r\nAuthorization: Bearer " + ADMIN,
                            body);
            return Json.MAPPER.readTree(client.send(post).reply().bytes()).get("secret").asString();
        }
    }

    private static List<String> ids(String query, String key) throws IOException {
        return idsOf(list(query, key));
    }

    private static List<String> idsOf(JsonNode page) {
        return page.get("data").valueStream().map(job -> job.get("id").asString()).toList();
    }

    private static JsonNode list(String query, String key) throws IOException {
        RawClient.Reply reply = send("GET /v1/jobs" + query, key);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return Json.MAPPER.readTree(reply.bytes());
    }

    private static RawClient.Reply send(String line, String key) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(
                            RawClient.bytes(
                                    line
                                            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                            + key
                                            + "\r\n\r\n"))
                    .reply();
        }
    }
}

package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/jobs/{id}/events}, and {@code Prefer: wait=N} on a job. */
class JobEventsIT {
    private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("R191: a client follows its job from its place in the queue to its result")
    void aClientFollowsItsJob() throws IOException {
        put("a", JobStatus.QUEUED, 3L, 0, null);
        try (var client = follow("a", "")) {
            assertThat(event(client))
                    .startsWith("event: position\nid: 0-queued\ndata: {")
                    .contains("\"position\":3");
            put("a", JobStatus.QUEUED, 2L, 0, null);
            assertThat(event(client)).startsWith("event: position\n").contains("\"position\":2");
            put("a", JobStatus.RUNNING, null, 1, null);
            assertThat(event(client)).startsWith("event: started\nid: 1-running\n");
            put("a", JobStatus.WAITING_RETRY, null, 1, null);
            assertThat(event(client)).startsWith("event: retrying\nid: 1-waiting_retry\n");
            put("a", JobStatus.COMPLETED, null, 2, FakeQueue.completed("yo"));
            assertThat(event(client))
                    .startsWith("event: end\nid: 2-completed\n")
                    .contains("\"content\":\"yo\"");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    @DisplayName("R191: a client that comes back gets what it has not seen")
    void aClientGoesOnWhereItStopped() throws IOException {
        put("b", JobStatus.RUNNING, null, 1, null);
        try (var client = follow("b", "Last-Event-ID: 0-queued\r\n")) {
            assertThat(event(client)).startsWith("event: started\n");
        }
        try (var client = follow("b", "Last-Event-ID: 1-running\r\n")) {
            assertThat(event(client)).startsWith("event: progress\n");
        }
        put("b", JobStatus.COMPLETED, null, 1, FakeQueue.completed("yo"));
        try (var client = follow("b", "Last-Event-ID: 1-running\r\n")) {
            assertThat(event(client)).startsWith("event: end\n");
        }
        assertThat(get("/v1/jobs/b/events", "Last-Event-ID: 1-completed\r\n").status())
                .isEqualTo(204);
    }

    @Test
    void anUnknownJobHasNoEvents() throws IOException {
        RawClient.Reply reply = get("/v1/jobs/nobody/events", "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).startsWith("{\"code\":2020,");
    }

    @Test
    @DisplayName("R192: with Prefer: wait=N, the answer comes when the job has ended")
    void aClientWaitsForTheEndOfAJob() throws IOException {
        put("c", JobStatus.RUNNING, null, 1, null);
        try (var client = new RawClient(server.port())) {
            client.send(request("/v1/jobs/c", "Prefer: wait=30\r\n"));
            put("c", JobStatus.COMPLETED, null, 1, FakeQueue.completed("yo"));

            assertThat(client.reply().body()).contains("\"status\":\"completed\"");
        }
        put("d", JobStatus.RUNNING, null, 1, null);
        assertThat(get("/v1/jobs/d", "Prefer: wait=1\r\n").body())
                .contains("\"status\":\"running\"");
    }

    private static void put(
            String id, JobStatus status, Long position, int attempts, Outcome outcome) {
        var attempt = new JobState.Attempt(1, new WorkerId("w"), CREATED, null);
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                new JobId(id),
                                new ModelName("m"),
                                Lane.BATCH,
                                status,
                                CREATED,
                                true,
                                position,
                                null,
                                List.of(attempt, attempt).subList(0, attempts)),
                        outcome);
    }

    /** Past the head of the answer. */
    private static RawClient follow(String job, String headers) throws IOException {
        var client = new RawClient(server.port());
        client.send(request("/v1/jobs/" + job + "/events", headers));
        assertThat(client.line()).startsWith("HTTP/1.1 200");
        while (!client.line().isEmpty()) {
            // The next header.
        }
        return client;
    }

    private static String event(RawClient client) throws IOException {
        String chunk = ":";
        while (chunk.startsWith(":")) {
            chunk = new String(client.chunk(), StandardCharsets.UTF_8);
        }
        return chunk;
    }

    private static RawClient.Reply get(String path, String headers) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request(path, headers)).reply();
        }
    }

    private static byte[] request(String path, String headers) {
        return RawClient.bytes("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }
}

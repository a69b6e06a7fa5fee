package holt.api.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Asked;
import holt.protocol.Codec;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.ToolCall;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the job of a response shows. */
class ResponseJobsIT {
    private static final String FIELDS =
            """
            "input":"hi","instructions":"Be brief.","metadata":{"a":"b"},"max_output_tokens":9,"top_p":0.5,
            "service_tier":"flex","user":"ann","text":{"format":{"type":"text"}},"reasoning":{"effort":"low"},
            "tools":[{"type":"custom","name":"patch"},{"type":"web_search"}],"tool_choice":"auto"\
            """;
    private static final Outcome CALLS =
            Outcome.ChatCompleted.of(
                    List.of(
                            new Outcome.Choice(
                                    "",
                                    Outcome.FinishReason.TOOL_CALLS,
                                    null,
                                    Outcome.AnswerParts.of(
                                            "",
                                            List.of(
                                                    new ToolCall(
                                                            "c", "patch", "{\"input\":\"x\"}"))))),
                    new Outcome.Usage(12, 5));

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start("--holt.api.aliases=gpt-4o-mini=m");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("R138: the result of a response is the response that a waiting client gets")
    void theResultOfAResponseIsTheResponse() throws Exception {
        server.queue().behave(job -> job.reply(CALLS));
        ObjectNode waited = (ObjectNode) Json.MAPPER.readTree(post("").body());
        server.queue().behave(FakeQueue.Behaviour.waiting());

        RawClient.Reply later = post("Prefer: respond-async\r\n");

        assertThat(later.status()).isEqualTo(202);
        FakeQueue.Taken taken = server.queue().taken.remove();
        Asked asked = taken.job().asked();
        Asked.Form form = Codec.decode(Codec.encode(asked.form()), Asked.Form.class);
        end(taken.id(), asked.in(form));
        ObjectNode result = (ObjectNode) job(taken.id()).get("result");
        assertThat(result.get("id").asString()).isEqualTo("resp_" + taken.id().value());
        assertThat(result.at("/output/0/input").asString()).isEqualTo("x");
        assertThat(result.get("model").asString()).isEqualTo("gpt-4o-mini");
        for (ObjectNode each : List.of(result, waited)) {
            each.remove(List.of("id", "created_at", "output"));
        }
        assertThat(result).hasToString(waited.toString());
    }

    @Test
    @DisplayName("R138: the job of a client that waited shows a chat, with its alias and its tier")
    void theJobOfAClientThatWaitedShowsAChat() throws IOException {
        server.queue().behave(job -> job.reply(CALLS));
        post("");

        FakeQueue.Taken taken = server.queue().taken.remove();
        end(taken.id(), taken.job().asked());
        JsonNode result = job(taken.id()).get("result");

        assertThat(result.get("object").asString()).isEqualTo("chat.completion");
        assertThat(result.get("model").asString()).isEqualTo("gpt-4o-mini");
        assertThat(result.get("service_tier").asString()).isEqualTo("flex");
    }

    private static void end(JobId id, Asked asked) {
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                id,
                                new ModelName("m"),
                                Lane.BATCH,
                                JobStatus.COMPLETED,
                                Instant.EPOCH,
                                false,
                                null,
                                null,
                                List.of()),
                        CALLS,
                        asked);
    }

    private static JsonNode job(JobId id) throws IOException {
        return Json.MAPPER.readTree(send(RawClient.get("/v1/jobs/" + id.value())).body());
    }

    private static RawClient.Reply post(String headers) throws IOException {
        String body = "{\"model\":\"gpt-4o-mini\"," + FIELDS + "}";
        byte[] request = RawClient.post("/v1/responses", body.getBytes(UTF_8));
        return send(
                new String(request, UTF_8)
                        .replaceFirst("Host: x\r\n", "Host: x\r\n" + headers)
                        .getBytes(UTF_8));
    }

    private static RawClient.Reply send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}

package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.RequestRejectedException;
import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakePainter;
import holt.api.edge.FakeQueue;
import holt.api.edge.Pictures;
import holt.protocol.Failure;
import holt.protocol.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests from a communication network, which come by the entries that this service registered. */
class FakeNodeClientIT {
    @TempDir static Path temp;

    private static FakeNode node;
    private static EdgeServer server;
    private static FakeNodeClient calls;

    @BeforeAll
    static void start() throws IOException {
        node = FakeNode.start(temp.resolve("node.json"), 0);
        server =
                EdgeServer.start(
                        "--holt.node.urls=" + node.url(),
                        "--holt.node.cid=c1",
                        "--holt.api.project=P");
        calls = new FakeNodeClient();
        Await.until(() -> node.entries().size() == 4);
    }

    @AfterAll
    static void stop() {
        calls.close();
        server.close();
        node.close();
    }

    @BeforeEach
    void answer() {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
    }

    @Test
    void aChatIsAnswered() throws Exception {
        FakeNodeClient.ChatReply reply = calls.chat(entry("m", "c1-chat"), request(1));

        assertThat(reply.code()).isZero();
        assertThat(reply.choices())
                .containsExactly(
                        new FakeNodeClient.Choice(
                                0, new FakeNodeClient.Message("assistant", "yo"), "stop"));
        assertThat(reply.usage()).isEqualTo(new FakeNodeClient.Usage(1, 1, 2));
        assertThat(reply.created()).isPositive();
    }

    @Test
    void aModelWhoseNameHasASlashIsCalled() throws Exception {
        JsonNode request = request(1).deepCopy();
        ((ObjectNode) request).put("model", "ORG/NAME");

        assertThat(calls.chat(entry("ORG/NAME", "c1-chat"), request).code()).isZero();
    }

    @Test
    void aStreamIsRelayed() throws Exception {
        FakeNodeClient.Stream stream = calls.stream(entry("m", "c1-chat"), request(5));

        assertThat(stream.failure()).isNull();
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.contentType()).isEqualTo("text/event-stream");
        assertThat(stream.bytes())
                .startsWith("data: ")
                .contains("\"content\":\"yo\"", "\"finish_reason\":\"stop\"}],\"usage\":{")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aStreamThatIsRefusedSaysWhy() throws Exception {
        FakeNodeClient.Stream stream = calls.stream(entry("m", "c1-chat"), request(2));

        JsonNode expected = NodeVectors.exchange(2).get("reply").get("body");
        assertThat(stream.failure().code()).isEqualTo(expected.get("code").intValue());
        assertThat(stream.failure().message()).isEqualTo(expected.get("message").asString());
    }

    @Test
    void aChatThatIsRefusedSaysWhy() throws Exception {
        server.queue()
                .behave(_ -> {
                    throw new RequestRejectedException(Failure.RATE_LIMIT_EXCEEDED, "busy");
                });

        FakeNodeClient.ChatReply reply = calls.chat(entry("m", "c1-chat"), request(1));

        assertThat(reply.code()).isEqualTo(2008);
        assertThat(reply.message()).isEqualTo("busy");
    }

    @Test
    void anEditIsAnsweredWhateverTheOrderOfItsParts() throws Exception {
        server.queue().behave(new FakePainter(server.store()));
        for (int i = 0; i < 5; i++) {
            var reply =
                    calls.edit(
                            entry("painter", "c1-edits"),
                            Map.of("prompt", "p", "size", "1024x1024", "n", "2"),
                            Pictures.opaque(16, 16));

            assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(FakeNodeClient.parse(reply.body()).code()).isZero();
            assertThat(reply.body()).contains("\"data\":[{\"url\":");
        }
    }

    @Test
    void aGenerationIsAnsweredOnWhicheverRouteTheNodeChooses() throws Exception {
        List<Entry> chosen = Stream.generate(() -> node.choose("P", "painter")).limit(4).toList();
        assertThat(chosen).extracting(Entry::type).containsExactly(1, 2, 1, 2);
        for (Entry entry : chosen) {
            server.queue().behave(new FakePainter(server.store()));

            FakeNodeClient.ChatReply reply = calls.generation(entry, request(12));

            node.ended(entry);
            assertThat(reply.code()).as(reply.message()).isZero();
            var task = (Task.Images) server.queue().taken.element().job().task();
            assertThat(task.edit()).isNull();
        }
    }

    @Test
    void anEditIsAnsweredOnWhicheverRouteTheNodeChooses() throws Exception {
        for (String cid : List.of("c1-generations", "c1-edits")) {
            server.queue().behave(new FakePainter(server.store()));

            var reply =
                    calls.edit(
                            entry("painter", cid), Map.of("prompt", "p"), Pictures.opaque(16, 16));

            assertThat(FakeNodeClient.parse(reply.body()).code()).as(reply.body()).isZero();
            var task = (Task.Images) server.queue().taken.element().job().task();
            assertThat(task.edit()).isNotNull();
        }
    }

    /** The fake's parser is as strict as the node's. */
    @Test
    void whatTheNodeCannotReadIsAFailure() {
        for (int vector : List.of(8, 9)) {
            JsonNode reply = NodeVectors.exchange(vector).get("reply");
            String body =
                    reply.has("rawBody")
                            ? reply.get("rawBody").asString()
                            : reply.get("body").toString();

            FakeNodeClient.ChatReply seen = FakeNodeClient.parse(body);

            JsonNode expected = NodeVectors.exchange(vector).get("node");
            assertThat(seen.code()).isEqualTo(expected.get("code").intValue());
            assertThat(seen.message()).isEqualTo(expected.get("message").asString());
        }
        String falseSuccess = NodeVectors.exchange(7).get("reply").get("body").toString();
        assertThat(FakeNodeClient.parse(falseSuccess).code()).isZero();
    }

    private static JsonNode request(int vector) {
        return NodeVectors.exchange(vector).get("request_body");
    }

    private static Entry entry(String model, String cid) {
        return node.entries().stream()
                .filter(entry -> entry.model().equals(model) && entry.cid().equals(cid))
                .findFirst()
                .orElseThrow();
    }
}

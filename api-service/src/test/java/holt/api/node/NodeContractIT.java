package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.RequestRejectedException;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakePainter;
import holt.api.edge.FakeQueue;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.protocol.ChatMessage;
import holt.protocol.ResponseFormat;
import holt.protocol.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The requests of a communication node, and replies that its parser can read: {@code node.json}. */
class NodeContractIT {
    private static final JsonMapper JSON = new JsonMapper();

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
    void answer() {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
    }

    @Test
    void answersAChatAsTheNodeExpectsIt() throws IOException {
        JsonNode vector = NodeVectors.exchange(1);

        RawClient.Reply reply = chat(vector.get("request_body").toString());

        JsonNode expected = vector.get("reply").get("body");
        JsonNode body = takenByTheNode(reply);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(body.propertyNames()).containsExactlyElementsOf(expected.propertyNames());
        for (String same : List.of("code", "message", "object", "model", "choices")) {
            assertThat(body.get(same)).as(same).isEqualTo(expected.get(same));
        }
        assertThat(body.get("usage").properties()).containsAll(expected.get("usage").properties());
    }

    @Test
    void refusesMessagesThatAreNullWithACodeThatTheNodePassesOn() throws IOException {
        JsonNode vector = NodeVectors.exchange(2);

        RawClient.Reply reply = chat(vector.get("request_body").toString());

        assertThat(reply.status()).isEqualTo(vector.get("reply").get("status").intValue());
        JsonNode body = takenByTheNode(reply);
        JsonNode expected = vector.get("reply").get("body");
        assertThat(body.get("code")).isEqualTo(expected.get("code"));
        assertThat(body.get("message")).isEqualTo(expected.get("message"));
        assertThat(server.queue().taken).isEmpty();
    }

    @Test
    void refusesPicturesForAModelThatTakesNone() throws IOException {
        String asked = NodeVectors.exchange(3).get("request_body").toString();
        String blind = asked.replace("\"model\":\"m\"", "\"model\":\"ORG/NAME\"");
        assertThat(blind).isNotEqualTo(asked);

        JsonNode body = takenByTheNode(chat(blind));

        assertThat(body.get("code").intValue()).isEqualTo(2002);
    }

    @Test
    void readsTextAsGoEscapesIt() throws IOException {
        chat(NodeVectors.exchange(4).get("request_rawBody").asString());

        var task = (Task.Chat) server.queue().taken.element().job().task();
        assertThat(task.messages()).containsExactly(new ChatMessage("user", "a<b>&"));
    }

    @Test
    void streamsAsTheNodeRelaysIt() throws IOException {
        JsonNode vector = NodeVectors.exchange(5);

        RawClient.Reply reply = chat(vector.get("request_body").toString());

        assertThat(reply.headers().get("content-type"))
                .isEqualTo(vector.get("reply").get("ct").asString());
        List<String> events =
                Stream.of(reply.body().split("\n\n"))
                        .map(e -> e.replaceFirst("data: ", ""))
                        .toList();
        assertThat(events).hasSameSizeAs(vector.get("reply").get("events"));
        assertThat(events.get(0)).contains("\"role\":\"assistant\"");
        assertThat(events.get(1)).contains("\"content\":\"yo\"");
        assertThat(events.get(2)).contains("\"finish_reason\":\"stop\"", "\"usage\":{");
        assertThat(events.get(3)).isEqualTo("[DONE]");
    }

    @Test
    void unsetValuesOfAGenerationAreAskedForAsUsual() throws IOException {
        JsonNode body = takenByTheNode(generation(12));

        var task = (Task.Images) server.queue().taken.element().job().task();
        assertThat(task.n()).isEqualTo(1);
        assertThat(task.width()).isNull();
        assertThat(task.responseFormat()).isEqualTo(ResponseFormat.URL);
        assertThat(body.at("/data/0/url").isString()).isTrue();
    }

    @Test
    void answersAGenerationAsTheNodeExpectsIt() throws IOException {
        JsonNode body = takenByTheNode(generation(13));

        JsonNode expected = NodeVectors.exchange(13).get("reply").get("body");
        assertThat(body.propertyNames()).containsSubsequence(expected.propertyNames());
        assertThat(body.get("data")).hasSameSizeAs(expected.get("data"));
        assertThat(body.at("/data/0").propertyNames()).containsExactly("b64_json");
        var task = (Task.Images) server.queue().taken.element().job().task();
        assertThat(List.of(task.n(), task.width(), task.height(), task.steps()))
                .containsExactly(2, 1024, 1024, 20);
    }

    @Test
    void aGenerationWithAFileStartsFromIt() throws IOException {
        takenByTheNode(generation(14));

        var task = (Task.Images) server.queue().taken.element().job().task();
        assertThat(task.edit()).isNotNull();
    }

    @Test
    void anEditsImageThatCannotBeFetchedIsTheClientsMistake() throws IOException {
        JsonNode body = takenByTheNode(image("/v1/images/edits", 16));

        assertThat(body.get("code").intValue()).isEqualTo(2012);
        assertThat(server.queue().taken).isEmpty();
    }

    @Test
    void saysThatItIsBusyInJson() throws IOException {
        server.queue()
                .behave(job -> {
                    throw new RequestRejectedException(
                            holt.protocol.Failure.RATE_LIMIT_EXCEEDED, "busy");
                });

        RawClient.Reply reply = chat(NodeVectors.exchange(1).get("request_body").toString());

        JsonNode vector = NodeVectors.exchange(10).get("reply");
        JsonNode body = takenByTheNode(reply);
        assertThat(reply.status()).isEqualTo(vector.get("status").intValue());
        assertThat(body.get("code")).isEqualTo(vector.get("body").get("code"));
        assertThat(body.get("message")).isEqualTo(vector.get("body").get("message"));
        assertThat(reply.headers().get("retry-after")).isIn("1", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/v1/models/m",
                "/v1/models/nobody",
                "/health",
                "/ready",
                "/nothing"
            })
    void answersEveryRouteInJsonThatTheNodeTakes(String path) throws IOException {
        try (var client = new RawClient(server.port())) {
            takenByTheNode(client.send(RawClient.get(path)).reply());
        }
    }

    private static RawClient.Reply generation(int vector) throws IOException {
        server.queue().behave(new FakePainter(server.store()));
        return image("/v1/images/generations", vector);
    }

    /** Sends the request with an image model and a real picture. */
    private static RawClient.Reply image(String path, int vector) throws IOException {
        var request = (ObjectNode) NodeVectors.exchange(vector).get("request_body").deepCopy();
        request.put("model", "painter");
        if (request.has("file")) {
            request.put("file", Pictures.dataUri(Pictures.opaque(16, 16)));
        }
        try (var client = new RawClient(server.port())) {
            return client.send(
                            RawClient.post(
                                    path, request.toString().getBytes(StandardCharsets.UTF_8)))
                    .reply();
        }
    }

    private static RawClient.Reply chat(String body) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(
                            RawClient.post(
                                    "/v1/chat/completions",
                                    "application/json\r\nUser-Agent: Go-http-client/1.1",
                                    body.getBytes(StandardCharsets.UTF_8)))
                    .reply();
        }
    }

    /** The node compares the content type byte for byte, needs plain integers, and reads a missing code as success. */
    private static JsonNode takenByTheNode(RawClient.Reply reply) {
        String text = new String(reply.bytes(), StandardCharsets.UTF_8);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        JsonNode body = JSON.readTree(text);
        assertThat(body.get("code").isInt()).as(text).isTrue();
        assertThat(body.get("code").intValue() == 0).isEqualTo(reply.status() < 400);
        assertThat(body.get("message").isString()).isTrue();
        assertThat(body.has("created") ? body.get("created").toString() : "0").matches("[0-9]+");
        assertThat(body.has("error")).isEqualTo(reply.status() >= 400);
        return body;
    }
}

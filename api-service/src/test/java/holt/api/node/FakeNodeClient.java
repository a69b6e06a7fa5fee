package holt.api.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * A fake of a communication node that calls a registered model for its client, and of the answer that this client sees. The node compares
 * the content type byte for byte, and ignores the status of a JSON body. Its parser converts neither numbers to strings nor floats to
 * integers.
 *
 * <p>The real one is the program AIComputingNode that docs/node.md names. {@code FakeNodeClientIT} checks the fake against
 * {@code node.json}, the description of that node's requests and of what its clients see.
 */
final class FakeNodeClient implements AutoCloseable {
    private static final int MODEL_ERROR = 1007;
    private static final String USER_AGENT = "Go-http-client/1.1";
    private static final Duration CHAT_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration IMAGE_TIMEOUT = Duration.ofMinutes(5);

    /** The fields of a client's request that the node sends, in its order. */
    private static final List<String> CHAT_FIELDS =
            List.of(
                    "model",
                    "messages",
                    "stream",
                    "temperature",
                    "top_p",
                    "wallet",
                    "signature",
                    "hash");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            text -> {
                                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                            })
                    .build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The fields of a reply that the node's parser knows. A missing number is zero. */
    record ChatReply(
            int code,
            String message,
            String id,
            String object,
            long created,
            List<Choice> choices,
            Usage usage) {
        static ChatReply failure(String message) {
            return new ChatReply(MODEL_ERROR, message, null, null, 0, null, null);
        }
    }

    record Choice(int index, Message message, String finishReason) {}

    record Message(String role, String content) {}

    record Usage(int completionTokens, int promptTokens, int totalTokens) {}

    /** A stream as the client gets it, or a failure. */
    record Stream(int status, String contentType, String bytes, ChatReply failure) {}

    /** @param request the client's whole request */
    ChatReply chat(Entry entry, JsonNode request) throws IOException, InterruptedException {
        HttpResponse<String> reply = post(entry, request);
        if (isJson(reply)) {
            return parse(reply.body());
        }
        return ChatReply.failure(
                reply.statusCode() == 200
                        ? "Model HTTP reponse is not JSON"
                        : "Post HTTP request error, " + reply.statusCode());
    }

    /** Sends a client's generation with all fields that the node sends. A missing one is zero or empty. */
    ChatReply generation(Entry entry, JsonNode request) throws IOException, InterruptedException {
        ObjectNode sent = JSON.createObjectNode();
        sent.put("model", entry.model());
        sent.put("prompt", request.path("prompt").asString(""));
        sent.put("n", request.path("n").asInt(0));
        sent.put("size", request.path("size").asString(""));
        sent.put("width", request.path("width").asInt(0));
        sent.put("height", request.path("height").asInt(0));
        sent.put("response_format", request.path("response_format").asString(""));
        HttpResponse<String> reply = send(entry, sent.toString());
        return isJson(reply)
                ? parse(reply.body())
                : ChatReply.failure("Model HTTP reponse is not JSON");
    }

    /** A JSON reply is a failure, whatever its status is. */
    Stream stream(Entry entry, JsonNode request) throws IOException, InterruptedException {
        HttpResponse<String> reply = post(entry, request);
        String type = reply.headers().firstValue("Content-Type").orElse("");
        return isJson(reply)
                ? new Stream(200, type, "", parse(reply.body()))
                : new Stream(reply.statusCode(), type, reply.body(), null);
    }

    /** Sends the picture first and then the other fields in any order. Every file is {@code application/octet-stream}. */
    HttpResponse<String> edit(Entry entry, Map<String, String> fields, byte[] picture)
            throws IOException, InterruptedException {
        String boundary = Long.toHexString(System.nanoTime()).repeat(4);
        var body = new ByteArrayOutputStream();
        part(
                body,
                boundary,
                "name=\"image\"; filename=\"otter.png\"\r\nContent-Type: application/octet-stream",
                picture);
        var names = new ArrayList<>(fields.keySet());
        Collections.shuffle(names);
        for (String name : names) {
            part(
                    body,
                    boundary,
                    "name=\"" + name + "\"",
                    fields.get(name).getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return http.send(
                HttpRequest.newBuilder(URI.create(entry.api()))
                        .timeout(IMAGE_TIMEOUT)
                        .header("User-Agent", USER_AGENT)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Parses a JSON reply as the node does. */
    static ChatReply parse(String body) {
        try {
            return JSON.readValue(body, ChatReply.class);
        } catch (JacksonException e) {
            return ChatReply.failure("Unmarshal model response error");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> post(Entry entry, JsonNode request)
            throws IOException, InterruptedException {
        return send(entry, asSent(request));
    }

    private HttpResponse<String> send(Entry entry, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(entry.api()))
                        .timeout(CHAT_TIMEOUT)
                        .header("User-Agent", USER_AGENT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String asSent(JsonNode request) {
        ObjectNode sent = JSON.createObjectNode();
        for (String field : CHAT_FIELDS) {
            if (request.has(field)) {
                sent.set(field, request.get(field));
            }
        }
        sent.put("stream", request.path("stream").asBoolean(false));
        return sent.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    private static boolean isJson(HttpResponse<?> reply) {
        return reply.headers()
                .firstValue("Content-Type")
                .filter("application/json"::equals)
                .isPresent();
    }

    private static void part(
            ByteArrayOutputStream body, String boundary, String head, byte[] content) {
        body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}

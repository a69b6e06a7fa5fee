package holt.api.node;

import holt.api.http.Json;
import holt.api.node.NodeFailureException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls one node's registration interface. Each call blocks until its time-out at most, and throws {@link NodeFailureException}. */
final class NodeClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_REPLY = 8 << 20;
    private static final int LONGEST_MESSAGE = 200;

    private final String url;
    private final Duration timeout;
    private final HttpClient http;

    NodeClient(URI node, Duration timeout) {
        this.url = withoutSlash(node);
        this.timeout = timeout;
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(timeout)
                        .build();
    }

    static String withoutSlash(URI url) {
        return url.toString().replaceFirst("/+$", "");
    }

    String url() {
        return url;
    }

    /** The node's own entries for that project, whoever registered them. */
    List<Entry> entries(String project) {
        JsonNode id = call(request("/api/v0/id").GET().build()).path("peer_id");
        if (!id.isString()) {
            throw new NodeFailureException(Kind.FAILED, "its answer has no peer_id");
        }
        JsonNode rows =
                post("/api/v0/ai/project/peer", new Peer(id.asString())).path("data").path(project);
        return rows.valueStream().map(row -> entry(project, row)).toList();
    }

    void register(Entry entry) {
        post("/api/v0/ai/model/register", entry);
    }

    /** Succeeds also if the node does not have the entry. */
    void unregister(Entry entry) {
        post(
                "/api/v0/ai/model/unregister",
                new Unregister(entry.project(), entry.model(), entry.cid()));
    }

    /** Makes running calls fail. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    record Peer(String nodeId) {}

    record Unregister(String project, String model, String cid) {}

    private static Entry entry(String project, JsonNode row) {
        if (!row.path("Model").isString()
                || !row.path("API").isString()
                || !row.path("Type").isInt()
                || !row.path("CID").isString()) {
            throw new NodeFailureException(Kind.FAILED, "its list of models is not readable");
        }
        return new Entry(
                project,
                row.get("Model").asString(),
                row.get("API").asString(),
                row.get("Type").intValue(),
                row.get("CID").asString());
    }

    private JsonNode post(String path, Object body) {
        return call(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private JsonNode call(HttpRequest request) {
        HttpResponse<byte[]> response = await(request);
        JsonNode body = parse(response.body());
        if (response.statusCode() != 200) {
            throw new NodeFailureException(
                    response.statusCode() == 400 ? Kind.REFUSED : Kind.FAILED,
                    "HTTP " + response.statusCode() + message(body));
        }
        // The node leaves out a code of 0.
        JsonNode code = body.path("code");
        if (!body.isObject() || !(code.isMissingNode() || code.isInt())) {
            throw new NodeFailureException(Kind.FAILED, "its answer is not readable");
        }
        if (code.isInt() && code.intValue() != 0) {
            throw new NodeFailureException(Kind.FAILED, "code " + code.intValue() + message(body));
        }
        return body;
    }

    private HttpResponse<byte[]> await(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_REPLY));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new NodeFailureException(
                    Kind.AWAY, "no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new NodeFailureException(
                    Kind.AWAY, "no answer: " + answer.exceptionNow().getClass().getSimpleName());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new NodeFailureException(Kind.AWAY, "interrupted");
        }
    }

    /** Returns a missing node if the body is not JSON. */
    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static String message(JsonNode body) {
        JsonNode message = body.path("message");
        if (!message.isString()) {
            return "";
        }
        String plain = message.asString().replaceAll("\\p{Cntrl}", " ");
        return ": " + plain.substring(0, Math.min(plain.length(), LONGEST_MESSAGE));
    }
}

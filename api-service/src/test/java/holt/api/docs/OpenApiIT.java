package holt.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.CheckReply;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakePainter;
import holt.api.edge.FakeQueue;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.api.models.TestCatalog;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Asked;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.VectorFormat;
import holt.protocol.WorkerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document matches the service: its routes and the bodies of real answers. */
class OpenApiIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static final String HI =
            "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static EdgeServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        server = EdgeServer.start();
        document = JSON.readTree(ask(RawClient.get("/openapi.json")).body());
        put("queued", JobStatus.QUEUED, null);
        put("done", JobStatus.COMPLETED, FakeQueue.completed("yo"));
        put(
                "painted",
                JobStatus.COMPLETED,
                new Outcome.ImagesCompleted(
                        List.of(
                                new Outcome.Picture(
                                        "pictures/2026-01-02/" + "0".repeat(32) + ".png",
                                        1,
                                        1,
                                        "image/png",
                                        null)),
                        ResponseFormat.URL));
        server.bean(TestCatalog.class).addEmbedder("embedder");
        put(
                "embedded",
                JobStatus.COMPLETED,
                new Outcome.Embedded(
                        List.of("AACAPw=="), VectorFormat.BASE64, new Outcome.Usage(1, 0)));
        put(
                "gone-on",
                JobStatus.COMPLETED,
                FakeQueue.completed("yo"),
                new Asked(null, null, new Asked.Form.Completion(false)));
        put(
                "responded",
                JobStatus.COMPLETED,
                FakeQueue.completed("yo"),
                new Asked(null, null, new Asked.Form.Response(Map.of("model", "m"))));
        put("failed", JobStatus.FAILED, new Outcome.Failed(Failure.WORKER_FAILED, "it failed"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().stream()
                                .filter(verb -> !verb.equals("parameters"))
                                .forEach(verb -> described.add(verb + " " + path.getKey())));

        Set<String> routes = new TreeSet<>();
        server.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(route -> routes.addAll(calls(route)));

        assertThat(described).isEqualTo(routes);
    }

    @ParameterizedTest
    @CsvSource({
        "get,    /v1/models,      /v1/models,         200",
        "get,    /v1/models/{id}, /v1/models/ORG/NAME, 200",
        "get,    /v1/models/{id}, /v1/models/painter, 200",
        "get,    /v1/models/{id}, /v1/models/embedder, 200",
        "get,    /v1/models/{id}, /v1/models/nobody,  404",
        "get,    /v1/jobs/{id},   /v1/jobs/queued,    200",
        "get,    /v1/jobs/{id},   /v1/jobs/done,      200",
        "get,    /v1/jobs/{id},   /v1/jobs/painted,   200",
        "get,    /v1/jobs/{id},   /v1/jobs/embedded,  200",
        "get,    /v1/jobs/{id},   /v1/jobs/gone-on,   200",
        "get,    /v1/jobs/{id},   /v1/jobs/responded, 200",
        "get,    /v1/jobs/{id},   /v1/jobs/failed,    200",
        "get,    /v1/jobs/{id},   /v1/jobs/nobody,    404",
        "delete, /v1/jobs/{id},   /v1/jobs/queued,    202",
        "delete, /v1/jobs/{id},   /v1/jobs/done,      409",
        "get,    /files/{key},    /files/x.png,       403",
        "get,    /admin/v1/queues, /admin/v1/queues,  200",
        "get,    /admin/v1/jobs,  /admin/v1/jobs,     200",
        "get,    /admin/v1/workers, /admin/v1/workers, 200",
        "get,    /admin/v1/audit, /admin/v1/audit,    200",
        "get,    /admin/v1/dead,  /admin/v1/dead,     200",
        "get,    /admin/v1/dead/{number}, /admin/v1/dead/7, 200",
        "get,    /admin/v1/dead/{number}, /admin/v1/dead/8, 404",
        "get,    /health,         /health,            200",
        "get,    /ready,          /ready,             200",
        "get,    /,               /,                  200"
    })
    void realAnswersAreAsDescribed(String verb, String route, String path, int status)
            throws IOException {
        RawClient.Reply reply =
                ask(
                        RawClient.bytes(
                                verb.toUpperCase(Locale.ROOT)
                                        + " "
                                        + path
                                        + " HTTP/1.1\r\nHost: x\r\n\r\n"));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(faults(route, verb, status, reply.body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {",
                "202 | {",
                "400 | {\"temperature\":3,",
                "400 | {\"n\":200,",
                "404 | {\"model\":\"nobody\",\"messages\":[]}"
            })
    void realChatsAreAsDescribed(int status, String start) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        String body = start.endsWith("}") ? start : start + HI;
        String prefer = status == 202 ? "Prefer: respond-async\r\n" : "";
        RawClient.Reply reply =
                ask(
                        RawClient.bytes(
                                "POST "
                                        + CHAT
                                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + prefer
                                        + "Content-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(faults(CHAT, "post", status, reply.body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | /v1/images/generations | `{%s}`",
                "200 | /v1/images/generations | `{%s,\"response_format\":\"b64_json\"}`",
                "400 | /v1/images/generations | `{%s,\"n\":100}`",
                "200 | /v1/images/edits       | `{%s,\"image\":\"%s\"}`",
                "400 | /v1/images/edits       | `{%s,\"image\":\"\"}`"
            })
    void realImagesAreAsDescribed(int status, String route, String body) throws IOException {
        server.queue().behave(new FakePainter(server.store()));
        byte[] json =
                body.formatted(
                                "\"model\":\"painter\",\"prompt\":\"a hat\"",
                                Pictures.dataUri(Pictures.opaque(16, 16)))
                        .getBytes(StandardCharsets.UTF_8);

        RawClient.Reply reply = ask(RawClient.post(route, json));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(faults(route, "post", status, reply.body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, FLOAT, embedder", "200, BASE64, embedder", "400, FLOAT, m"})
    void realEmbeddingsAreAsDescribed(int status, VectorFormat format, String model)
            throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.Embedded(
                                        List.of("AACAPw=="), format, new Outcome.Usage(1, 0))));
        String body = "{\"input\":\"hi\",\"model\":\"" + model + "\"}";

        RawClient.Reply reply =
                ask(RawClient.post("/v1/embeddings", body.getBytes(StandardCharsets.UTF_8)));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(faults("/v1/embeddings", "post", status, reply.body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, m, false", "400, ORG/NAME, false", "200, m, true"})
    void realCompletionsAreAsDescribed(int status, String model, boolean stream)
            throws IOException {
        server.queue()
                .behave(job -> job.reply(new Reply.TextDelta("yo", 1), FakeQueue.completed("yo")));
        String body =
                "{\"prompt\":\"hi\",\"model\":\"%s\",\"stream\":%s,\"stream_options\":{\"include_usage\":true}}"
                        .formatted(model, stream);

        RawClient.Reply reply =
                ask(RawClient.post("/v1/completions", body.getBytes(StandardCharsets.UTF_8)));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (!stream) {
            assertThat(faults("/v1/completions", "post", status, reply.body())).isEmpty();
            return;
        }
        JsonNode schema = document.at("/components/schemas/CompletionChunk");
        List<String> chunks =
                Stream.of(reply.body().split("\n\n"))
                        .map(event -> event.replaceFirst("data: ", ""))
                        .filter(event -> event.startsWith("{"))
                        .toList();
        assertThat(chunks)
                .hasSize(3)
                .allSatisfy(chunk ->
                        assertThat(CheckSchema.faults(document, schema, JSON.readTree(chunk)))
                                .isEmpty());
    }

    @Test
    void everyChunkOfAStreamIsAsDescribed() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        String body =
                ask(RawClient.chat(
                                "{\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                                        + HI))
                        .body();

        List<String> chunks =
                Stream.of(body.split("\n\n"))
                        .map(event -> event.replaceFirst("data: ", ""))
                        .filter(event -> event.startsWith("{"))
                        .toList();
        JsonNode schema = document.at("/components/schemas/ChatChunk");
        assertThat(chunks).hasSize(4);
        assertThat(chunks)
                .allSatisfy(chunk ->
                        assertThat(CheckSchema.faults(document, schema, JSON.readTree(chunk)))
                                .isEmpty());
    }

    @Test
    void aBrowserGetsAPageAtTheRootAndAnIcon() throws IOException {
        RawClient.Reply page =
                ask(
                        RawClient.bytes(
                                "GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html,*/*;q=0.8\r\n\r\n"));
        RawClient.Reply icon = ask(RawClient.get("/favicon.ico"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-type")).startsWith("text/html");
        assertThat(page.body())
                .contains(
                        "<code>ORG/NAME</code>",
                        "<code>painter</code>",
                        "href=\"docs\"",
                        "href=\"v1/models\"")
                .doesNotContain("MODELS", "CONSOLE", "src=");
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.headers()).containsEntry("content-type", "image/png");
        assertThat(icon.bytes()).startsWith(0x89, 'P', 'N', 'G');
    }

    @ParameterizedTest
    @CsvSource({
        "//v1/chat/completions,   /v1/chat/completions",
        "/v1//chat/completions,   /v1/chat/completions",
        "/v1/chat/completions/,   /v1/chat/completions",
        "/v1/chat/completion,     /v1/chat/completions",
        "/chat/completions,       /v1/chat/completions",
        "/v1/completion,          /v1/completions",
        "/v1/image/generation,    /v1/images/generations",
        "//v1/models,             /v1/models",
        "/v1/models/,             /v1/models",
        "/V1/Models,              /v1/models",
        "/v1/job/abc,             /v1/jobs/{id}",
        "/helth,                  /health"
    })
    void anUnknownRouteNamesItselfAndTheNearestOne(String path, String nearest) throws IOException {
        RawClient.Reply reply = ask(RawClient.get(path));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(CheckReply.refusal(reply).get("message").asString())
                .isEqualTo(
                        "the route "
                                + path
                                + " does not exist; the nearest route is "
                                + nearest
                                + "; /docs lists all routes");
    }

    @Test
    void theCheckFindsWhatIsNotDescribed() {
        JsonNode schema = document.at("/components/schemas/Health");

        assertThat(
                        CheckSchema.faults(
                                document,
                                schema,
                                JSON.readTree("{\"code\":\"0\",\"status\":\"up\",\"more\":1}")))
                .containsExactlyInAnyOrder(
                        ".code: \"0\" instead of 0",
                        ".message is missing",
                        ".more is not described");
    }

    @Test
    void thePageLoadsNothingFromOtherHosts() throws IOException {
        RawClient.Reply page = ask(RawClient.get("/docs"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-type")).startsWith("text/html");
        assertThat(page.headers().get("content-security-policy"))
                .startsWith("default-src 'none'; connect-src 'self'");
        assertThat(page.body()).contains("fetch('openapi.json')").doesNotContain("//", "src=");
    }

    private static List<String> faults(String route, String verb, int status, String body) {
        JsonNode responses = document.get("paths").get(route).get(verb).get("responses");
        JsonNode response =
                responses.has(Integer.toString(status))
                        ? responses.get(Integer.toString(status))
                        : responses.get("default");
        JsonNode schema =
                CheckSchema.resolve(document, response)
                        .get("content")
                        .get("application/json")
                        .get("schema");
        return CheckSchema.faults(document, schema, JSON.readTree(body));
    }

    private static List<String> calls(RequestMappingInfo route) {
        return route.getMethodsCondition().getMethods().stream()
                .flatMap(method ->
                        route.getPatternValues().stream()
                                .map(path ->
                                        method.name().toLowerCase(Locale.ROOT)
                                                + " "
                                                + path.replace("{*", "{")))
                .toList();
    }

    private static void put(String id, JobStatus status, Outcome outcome) {
        put(id, status, outcome, null);
    }

    private static void put(String id, JobStatus status, Outcome outcome, Asked asked) {
        server.bean(FakeJobs.class)
                .put(
                        new JobState(
                                new JobId(id),
                                new ModelName("m"),
                                Lane.BATCH,
                                status,
                                Instant.ofEpochSecond(1_700_000_000),
                                false,
                                3L,
                                40L,
                                List.of(
                                        new JobState.Attempt(
                                                1,
                                                new WorkerId("w"),
                                                Instant.ofEpochSecond(1_700_000_000),
                                                Failure.WORKER_FAILED)),
                                status == JobStatus.QUEUED
                                        ? null
                                        : new Heartbeat.JobProgress(new JobId(id), 1, 2),
                                null,
                                null,
                                null),
                        outcome,
                        asked);
    }

    private static RawClient.Reply ask(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}

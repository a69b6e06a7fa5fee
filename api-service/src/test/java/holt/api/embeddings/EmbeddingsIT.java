package holt.api.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.api.edge.CheckReply;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.api.models.TestCatalog;
import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.protocol.VectorFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/embeddings}: what becomes of its fields, its answers and its refusals. */
class EmbeddingsIT extends RefusalContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROUTE = "/v1/embeddings";

    /** The numbers 1 and -0.5. */
    private static final String VECTOR = "AACAPwAAAL8=";

    @BeforeAll
    static void addEmbedder() {
        server.bean(TestCatalog.class).addEmbedder("embedder");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("no model", "{\"input\":\"a\"}", "model"),
                arguments("no input", "{\"model\":\"embedder\"}", "input"),
                arguments("empty text", of("\"\""), "input"),
                arguments("no texts", of("[]"), "input"),
                arguments("a number", of("5"), "input"),
                arguments("an empty text among others", of("[\"a\",\"\"]"), "input[1]"),
                arguments("no tokens among others", of("[[1],[]]"), "input[1]"),
                arguments("texts and tokens", of("[\"a\",[1]]"), "input"),
                arguments("tokens and texts", of("[1,\"a\"]"), "input"),
                arguments("a negative token", of("[1,-1]"), "input"),
                arguments("a fraction of a token", of("[[1.5]]"), "input[0]"),
                arguments("a token beyond 32 bits", of("[99999999999]"), "input"),
                arguments("2049 texts", of(texts(2049)), "input"),
                arguments("too many dimensions", of("\"a\",\"dimensions\":5"), "dimensions"),
                arguments("negative dimensions", of("\"a\",\"dimensions\":-1"), "dimensions"),
                arguments(
                        "another format",
                        of("\"a\",\"encoding_format\":\"hex\""),
                        "encoding_format"),
                arguments(
                        "a cut beyond the context",
                        of("\"a\",\"truncate_prompt_tokens\":9"),
                        "truncate_prompt_tokens"),
                arguments("a cut word", of("\"a\",\"truncate\":\"end\""), "truncate"),
                arguments("a prompt's number", of("\"a\",\"prompt_name\":1"), "prompt_name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(String name, String body, String param) throws IOException {
        JsonNode error = refused(post(body), 400, 2002).get("error");

        assertThat(error.get("param").asString()).isEqualTo(param);
        assertThat(error.get("message").asString()).startsWith(param + ": ");
    }

    @Test
    void aChatModelIsRefused() throws IOException {
        JsonNode body = refused(post(of("\"a\"").replace("embedder", "m")), 400, 2005);

        assertThat(body.get("message").asString()).isEqualTo("model: is not an embedding model");
    }

    @Test
    void aChatWithAnEmbeddingModelIsRefused() throws IOException {
        JsonNode body = refused(RawClient.chat(GOOD.replace("\"m\"", "\"embedder\"")), 400, 2005);

        assertThat(body.get("message").asString()).isEqualTo("model: is not a chat model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\"                | a       |",
                "[\"a\",\"b\"]      | a b     |",
                "[7,8]                  |         | [[7, 8]]",
                "[[7,8],[9]]            |         | [[7, 8], [9]]"
            })
    void eachFormOfInputBecomesItsTask(String input, String texts, String tokens)
            throws IOException {
        Task.Embed task = embedded(of(input));

        assertThat(task.texts() == null ? null : String.join(" ", task.texts())).isEqualTo(texts);
        assertThat(task.tokens() == null ? null : task.tokens().toString()).isEqualTo(tokens);
        assertThat(task.format()).isEqualTo(VectorFormat.FLOAT);
        assertThat(task.dimensions()).isNull();
        assertThat(task.cutTo()).isNull();
    }

    @Test
    void theFieldsReachTheWorker() throws IOException {
        assertThat(
                        embedded(
                                of(
                                        "\"a\",\"dimensions\":2,\"encoding_format\":\"base64\",\"user\":\"ann\","
                                                + "\"truncate_prompt_tokens\":5,\"prompt_name\":\"query\"")))
                .isEqualTo(new Task.Embed(List.of("a"), null, 2, 5, "query", VectorFormat.BASE64));
        assertThat(embedded(of("\"a\",\"truncate\":true")).cutTo()).isEqualTo(8);
        assertThat(embedded(of("\"a\",\"truncate_prompt_tokens\":-1")).cutTo()).isEqualTo(8);
        assertThat(embedded(of(texts(2048))).texts()).hasSize(2048);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"FLOAT | [1.0,-0.5]", "BASE64 | \"AACAPwAAAL8=\""})
    void vectorsAreWrittenInTheFormatOfTheRequest(VectorFormat format, String vector)
            throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.Embedded(
                                        List.of(VECTOR, VECTOR), format, new Outcome.Usage(3, 0))));

        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(post(of("[\"a\",\"b\"]"))).reply();
            CheckReply.success(reply);
            assertThat(JSON.readTree(reply.body()))
                    .isEqualTo(
                            JSON.readTree(
                                    """
                                    {"code":0,"message":"success","object":"list","data":[
                                      {"object":"embedding","index":0,"embedding":%s},
                                      {"object":"embedding","index":1,"embedding":%s}],
                                     "model":"embedder","usage":{"prompt_tokens":3,"total_tokens":3}}
                                    """
                                            .formatted(vector, vector)));
        }
    }

    private static Task.Embed embedded(String body) throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.Embedded(
                                        List.of(VECTOR),
                                        VectorFormat.FLOAT,
                                        new Outcome.Usage(1, 0))));
        try (var client = new RawClient(server.port())) {
            assertThat(client.send(post(body)).reply().status()).isEqualTo(200);
        }
        FakeQueue.Taken taken = server.queue().taken.remove();
        return (Task.Embed) taken.job().task();
    }

    private static String of(String input) {
        return "{\"model\":\"embedder\",\"input\":" + input + "}";
    }

    private static String texts(int count) {
        return "[" + String.join(",", Collections.nCopies(count, "\"a\"")) + "]";
    }

    private static byte[] post(String body) {
        return RawClient.post(ROUTE, body.getBytes(StandardCharsets.UTF_8));
    }
}

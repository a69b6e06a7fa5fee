package holt.api.models;

import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RefusalContract.GOOD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakePainter;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.protocol.Outcome;
import holt.protocol.VectorFormat;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see of models that they call by other names. */
class AliasesIT {
    private static final String GENERATIONS = "/v1/images/generations";

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server =
                EdgeServer.start(
                        "--holt.api.aliases=gpt-4o-mini=m,ada=embedder,gpt-image-1=painter,dall-e-3=painter");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAliasIsListedAsAModelOfItsOwn() throws IOException {
        assertThat(send(RawClient.get("/v1/models")))
                .contains("\"id\":\"gpt-4o-mini\"", "\"id\":\"gpt-image-1\"", "\"id\":\"m\"");
        assertThat(send(RawClient.get("/v1/models/gpt-4o-mini")))
                .contains("\"id\":\"gpt-4o-mini\"", "\"kind\":\"chat\"");
    }

    @Test
    @DisplayName("R142: the job has the model's name, the answer the alias")
    void theAnswerHasTheNameThatWasAskedFor() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        String body = GOOD.replace("\"m\"", "\"gpt-4o-mini\"");

        assertThat(send(chat(body))).contains("\"model\":\"gpt-4o-mini\"");
        assertThat(server.queue().taken.element().job().model().name().value()).isEqualTo("m");
        assertThat(send(chat(body.replaceFirst("\\{", "{\"stream\":true,"))))
                .contains("\"model\":\"gpt-4o-mini\"")
                .doesNotContain("\"model\":\"m\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/completions | \"prompt\":\"a\"",
                "/v1/completions | \"prompt\":\"a\",\"stream\":true",
                "/v1/responses   | \"input\":\"a\"",
                "/v1/responses   | \"input\":\"a\",\"stream\":true"
            })
    @DisplayName("R142: completions and responses have the name that was asked for")
    void completionsAndResponsesHaveTheNameThatWasAskedFor(String path, String fields)
            throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));

        assertThat(send(post(path, "gpt-4o-mini", fields)))
                .contains("\"model\":\"gpt-4o-mini\"")
                .doesNotContain("\"model\":\"m\"");
    }

    @Test
    @DisplayName("R142: embeddings have the name that was asked for")
    void embeddingsHaveTheNameThatWasAskedFor() throws IOException {
        server.bean(TestCatalog.class).addEmbedder("embedder");
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.Embedded(
                                        List.of("AACAPw=="),
                                        VectorFormat.FLOAT,
                                        new Outcome.Usage(1, 0))));

        assertThat(send(post("/v1/embeddings", "ada", "\"input\":\"a\"")))
                .contains("\"model\":\"ada\"");
    }

    @Test
    void onlyOpenAisModelsWithoutUrlsAnswerInBase64Unasked() throws IOException {
        server.queue().behave(new FakePainter(server.store()));

        assertThat(paint("gpt-image-1", "")).contains("\"b64_json\":");
        assertThat(paint("gpt-image-1", ",\"response_format\":\"url\"")).contains("\"url\":");
        assertThat(paint("dall-e-3", "")).contains("\"url\":");
        assertThat(paint("painter", "")).contains("\"url\":");
    }

    private static String paint(String model, String fields) throws IOException {
        return send(post(GENERATIONS, model, "\"prompt\":\"a hat\"" + fields));
    }

    private static byte[] post(String path, String model, String fields) {
        return RawClient.post(
                path, ("{\"model\":\"" + model + "\"," + fields + "}").getBytes(UTF_8));
    }

    private static String send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(request).reply();
            assertThat(reply.status()).isEqualTo(200);
            return reply.body();
        }
    }
}

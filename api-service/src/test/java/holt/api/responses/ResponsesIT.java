package holt.api.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.TokenLogprobs;
import holt.protocol.ToolCall;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResponsesIT {
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}},{\"type\":\"custom\",\"name\":\"patch\"}]";
    private static final Outcome CALLS =
            Outcome.ChatCompleted.of(
                    List.of(
                            new Outcome.Choice(
                                    "",
                                    Outcome.FinishReason.TOOL_CALLS,
                                    null,
                                    Outcome.AnswerParts.of(
                                            "Hm.",
                                            List.of(
                                                    new ToolCall("c1", "weather", "{\"a\":1}"),
                                                    new ToolCall(
                                                            "c2", "patch", "{\"input\":\"x\"}"))))),
                    new Outcome.Usage(12, 5, 8).withReasoning(3));

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
    void answersWithAMessage() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));

        RawClient.Reply reply =
                ask(
                        "\"input\":\"hi\",\"store\":true,\"metadata\":{\"a\":\"b\"},\"temperature\":0.5");

        String job = reply.headers().get("x-holt-job-id");
        JsonNode body = Json.MAPPER.readTree(reply.body());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(body.get("id").asString()).isEqualTo("resp_" + job);
        assertThat(body.get("status").asString()).isEqualTo("completed");
        assertThat(body.get("store").asBoolean()).isFalse();
        assertThat(body.get("temperature").asDouble()).isEqualTo(0.5);
        assertThat(body.get("metadata")).hasToString("{\"a\":\"b\"}");
        assertThat(body.get("output"))
                .hasToString(
                        "[{\"type\":\"message\",\"id\":\"msg_"
                                + job
                                + "_0\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":"
                                + "[{\"type\":\"output_text\",\"text\":\"yo\",\"annotations\":[],\"logprobs\":[]}]}]");
        assertThat(body.get("usage").get("total_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void answersWithReasoningAndCalls() throws IOException {
        server.queue().behave(job -> job.reply(CALLS));

        RawClient.Reply reply = ask("\"input\":\"hi\"," + TOOLS);

        String job = reply.headers().get("x-holt-job-id");
        JsonNode body = Json.MAPPER.readTree(reply.body());
        assertThat(body.at("/usage/output_tokens_details")).hasToString("{\"reasoning_tokens\":3}");
        assertThat(body.get("output"))
                .hasToString(
                        """
                        [{"type":"reasoning","id":"rs_JOB_0","status":"completed","summary":[],\
                        "content":[{"type":"reasoning_text","text":"Hm."}]},\
                        {"type":"function_call","id":"fc_JOB_1","status":"completed","call_id":"c1",\
                        "name":"weather","arguments":"{\\"a\\":1}"},\
                        {"type":"custom_tool_call","id":"ctc_JOB_2","status":"completed","call_id":"c2",\
                        "name":"patch","input":"x"}]\
                        """
                                .replace("JOB", job));
    }

    @Test
    void anAnswerThatIsCutIsIncomplete() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.ChatCompleted(
                                        "y",
                                        Outcome.FinishReason.LENGTH,
                                        new Outcome.Usage(1, 1))));

        JsonNode body =
                Json.MAPPER.readTree(ask("\"input\":\"hi\",\"max_output_tokens\":1").body());

        assertThat(body.get("status").asString()).isEqualTo("incomplete");
        assertThat(body.get("incomplete_details"))
                .hasToString("{\"reason\":\"max_output_tokens\"}");
    }

    @Test
    void streamsEachItemFromItsOpeningToItsEnd() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                delta("Hm.", new Reply.Part.Reasoning()),
                                delta("{\"a\"", new Reply.Part.Call(0, "c1", "weather")),
                                delta(":1}", new Reply.Part.Call(0, "c1", "weather")),
                                delta("{\"input\":\"x\"}", new Reply.Part.Call(1, "c2", "patch")),
                                CALLS));

        List<JsonNode> events = events(ask("\"stream\":true,\"input\":\"hi\"," + TOOLS));

        assertThat(events)
                .extracting(event -> event.get("type").asString())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.custom_tool_call_input.delta",
                        "response.custom_tool_call_input.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events)
                .extracting(event -> event.get("sequence_number").asInt())
                .containsExactlyElementsOf(IntStream.range(0, events.size()).boxed().toList());
        assertThat(itemsOf(events)).isEqualTo(events.getLast().get("response").get("output"));
    }

    @Test
    void theWholeResponseHasTheItemsInTheOrderOfTheStream() throws IOException {
        var call = new ToolCall("c1", "weather", "{}");
        server.queue()
                .behave(job ->
                        job.reply(
                                delta("{}", new Reply.Part.Call(0, "c1", "weather")),
                                new Reply.TextDelta("Wait.", 1),
                                Outcome.ChatCompleted.of(
                                        List.of(
                                                new Outcome.Choice(
                                                        "Wait.",
                                                        Outcome.FinishReason.TOOL_CALLS,
                                                        null,
                                                        Outcome.AnswerParts.of("", List.of(call)))),
                                        new Outcome.Usage(1, 2))));

        List<JsonNode> events = events(ask("\"stream\":true,\"input\":\"hi\"," + TOOLS));

        JsonNode output = events.getLast().get("response").get("output");
        assertThat(output).hasSize(2).isEqualTo(itemsOf(events));
        assertThat(output.get(0).get("type").asString()).isEqualTo("function_call");
    }

    @Test
    void logProbabilitiesStandBesideTheText() throws IOException {
        var scores =
                List.of(
                        new TokenLogprobs(
                                new TokenLogprobs.TokenLogprob("yo", -0.5, List.of(121, 111)),
                                List.of(new TokenLogprobs.TokenLogprob("<|end|>", -1, null))));
        server.queue()
                .behave(job ->
                        job.reply(
                                new Reply.TextDelta("yo", 1, null, scores),
                                new Outcome.ChatCompleted(
                                        "yo",
                                        Outcome.FinishReason.STOP,
                                        new Outcome.Usage(1, 1),
                                        scores,
                                        null,
                                        null)));
        String wanted =
                "\"input\":\"hi\",\"include\":[\"message.output_text.logprobs\"],\"top_logprobs\":1";
        String shown =
                "[{\"token\":\"yo\",\"logprob\":-0.5,\"bytes\":[121,111],\"top_logprobs\":"
                        + "[{\"token\":\"<|end|>\",\"logprob\":-1.0,\"bytes\":[]}]}]";

        JsonNode whole = Json.MAPPER.readTree(ask(wanted).body());
        List<JsonNode> events = events(ask("\"stream\":true," + wanted));

        assertThat(whole.at("/output/0/content/0/logprobs")).hasToString(shown);
        assertThat(events)
                .filteredOn(
                        event -> event.get("type").asString().startsWith("response.output_text."))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.get("logprobs")).hasToString(shown));
        assertThat(events.getLast().at("/response/output/0/content"))
                .isEqualTo(whole.at("/output/0/content"));
    }

    @Test
    void streamsAMessageAlsoWithoutText() throws IOException {
        server.queue().behave(job -> job.reply(FakeQueue.completed("")));

        List<JsonNode> events = events(ask("\"stream\":true,\"input\":\"hi\""));

        assertThat(events)
                .extracting(event -> event.get("type").asString())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(itemsOf(events)).isEqualTo(events.getLast().get("response").get("output"));
    }

    @Test
    void aFailureInMidStreamIsAnEvent() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Reply.TextDelta("y", 1),
                                new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed")));

        JsonNode last = events(ask("\"stream\":true,\"input\":\"hi\"")).getLast();

        assertThat(last.get("type").asString()).isEqualTo("response.failed");
        assertThat(last.get("response").get("error"))
                .hasToString("{\"code\":\"server_error\",\"message\":\"the engine failed\"}");
    }

    @Test
    void aRefusalNamesItsField() throws IOException {
        RawClient.Reply reply = ask("\"input\":\"hi\",\"background\":true");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("\"param\":\"background\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true"})
    void whatOnlyTheWorkerRefusesNamesTheInput(String stream) throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Outcome.Failed(
                                        Failure.CONTEXT_LENGTH_EXCEEDED,
                                        "messages: the prompt has 9 tokens",
                                        "messages")));

        RawClient.Reply reply = ask("\"input\":\"hi\"" + stream);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("\"param\":\"input\"", "input: the prompt has 9 tokens")
                .doesNotContain("messages");
    }

    private static Reply delta(String text, Reply.Part part) {
        return new Reply.TextDelta(text, 1, null, null, part);
    }

    private static JsonNode itemsOf(List<JsonNode> events) {
        var items = Json.MAPPER.createArrayNode();
        events.stream()
                .filter(event -> event.get("type").asString().equals("response.output_item.done"))
                .forEach(event -> items.add(event.get("item")));
        return items;
    }

    private static List<JsonNode> events(RawClient.Reply reply) {
        return Stream.of(reply.body().split("\n\n"))
                .map(event -> event.split("\n"))
                .map(lines -> {
                    JsonNode data = Json.MAPPER.readTree(lines[1].substring("data: ".length()));
                    assertThat(lines[0]).isEqualTo("event: " + data.get("type").asString());
                    return data;
                })
                .toList();
    }

    private static RawClient.Reply ask(String fields) throws IOException {
        try (var client = new RawClient(server.port())) {
            String body = "{\"model\":\"m\"," + fields + "}";
            return client.send(RawClient.post("/v1/responses", body.getBytes(UTF_8))).reply();
        }
    }
}

package holt.api.chat;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.TokenLogprobs;
import holt.protocol.ToolCall;
import holt.protocol.WorkerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, byte for byte. */
class StreamChatIT {
    private static final String ASK =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final Reply STARTED = new Reply.Started(WorkerId.random(), 1);

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start("--holt.api.connections.ping-every=300ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void sendsReasoningAndFragmentsOfToolCalls() throws IOException {
        var call = new Reply.Part.Call(0, "c1", "weather");
        var parts = Outcome.AnswerParts.of("Hm.", List.of(new ToolCall("c1", "weather", "{}")));
        server.queue()
                .behave(job ->
                        job.reply(
                                STARTED,
                                new Reply.TextDelta(
                                        "Hm.", 1, null, null, new Reply.Part.Reasoning()),
                                new Reply.TextDelta("{", 1, null, null, call),
                                new Reply.TextDelta("}", 1, null, null, call),
                                Outcome.ChatCompleted.of(
                                        List.of(
                                                new Outcome.Choice(
                                                        "",
                                                        Outcome.FinishReason.TOOL_CALLS,
                                                        null,
                                                        parts)),
                                        new Outcome.Usage(1, 3))));

        RawClient.Reply reply = ask(ASK);

        assertThat(reply.body())
                .isEqualTo(
                        events(
                                reply,
                                """
                                data: {HEAD,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"reasoning_content":"Hm."},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"weather","arguments":"{"}}]},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

                                data: [DONE]

                                """));
    }

    @Test
    void beginsWithTheRoleAndEndsWithTheReasonAndDone() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                STARTED,
                                new Reply.TextDelta("Hel", 1),
                                new Reply.TextDelta("lo", 1),
                                FakeQueue.completed("Hello")));

        RawClient.Reply reply = ask(ASK);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "text/event-stream");
        assertThat(reply.headers()).containsKeys("x-request-id", "x-holt-job-id");
        assertThat(reply.body())
                .isEqualTo(
                        events(
                                reply,
                                """
                                data: {HEAD,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                                data: [DONE]

                                """));
    }

    @Test
    void sendsTheUsageInAChunkOfItsOwnOnRequest() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));

        RawClient.Reply reply =
                ask(ASK.replace("true", "true,\"stream_options\":{\"include_usage\":true}"));

        assertThat(reply.body())
                .isEqualTo(
                        events(
                                reply,
                                """
                                data: {HEAD,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"content":"yo"},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                                data: {HEAD,"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"prompt_tokens_details":{"cached_tokens":0}}}

                                data: [DONE]

                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"include_usage\":false}", "{\"include_usage\":null}"})
    void sendsNoUsageToAClientThatDoesNotAskForIt(String options) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));

        RawClient.Reply reply = ask(ASK.replace("true", "true,\"stream_options\":" + options));

        assertThat(reply.body()).endsWith("data: [DONE]\n\n").doesNotContain("usage");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,     Go-http-client/1.1,   FINISH_CHUNK",
                "-,     Go-http-client/2.0,   FINISH_CHUNK",
                "-,     OpenAI/Python 2.1.0,  NONE",
                "-,     -,                    NONE",
                "true,  Go-http-client/1.1,   OWN_CHUNK",
                "false, Go-http-client/1.1,   NONE"
            })
    void aNodeGetsTheUsageInTheLastChunkUnlessItAsks(
            Boolean include, String userAgent, StreamedUsage usage) {
        assertThat(StreamedUsage.of(include, userAgent)).isEqualTo(usage);
    }

    @Test
    void carriesSeveralAnswersByTheirNumbers() throws IOException {
        var usage = new Outcome.Usage(1, 3);
        var choices =
                List.of(
                        new Outcome.Choice("yo", Outcome.FinishReason.LENGTH, null),
                        new Outcome.Choice("", Outcome.FinishReason.STOP, null));
        server.queue()
                .behave(job ->
                        job.reply(
                                new Reply.TextDelta("yo", 1, 0, null),
                                Outcome.ChatCompleted.of(choices, usage)));

        RawClient.Reply reply = ask(ASK.replace("true", "true,\"n\":2"));

        assertThat(reply.body())
                .isEqualTo(
                        events(
                                reply,
                                """
                                data: {HEAD,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{"content":"yo"},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

                                data: {HEAD,"choices":[{"index":1,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

                                data: {HEAD,"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}

                                data: [DONE]

                                """));
    }

    @Test
    void carriesLogProbabilitiesWithTheTextTheyBelongTo() throws IOException {
        var hi = new TokenLogprobs.TokenLogprob("Hi", -0.5, List.of(72, 105));
        var end = new TokenLogprobs.TokenLogprob("<end>", -0.25, null);
        var logprobs = List.of(new TokenLogprobs(hi, List.of(end, hi)));
        server.queue()
                .behave(job ->
                        job.reply(
                                new Reply.TextDelta("Hi", 1, null, logprobs),
                                new Outcome.ChatCompleted(
                                        "Hi",
                                        Outcome.FinishReason.STOP,
                                        new Outcome.Usage(1, 1),
                                        logprobs,
                                        null,
                                        null)));

        RawClient.Reply reply =
                ask(ASK.replace("true", "true,\"logprobs\":true,\"top_logprobs\":2"));

        assertThat(reply.body())
                .contains(
                        events(
                                reply,
                                """
                                data: {HEAD,"choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":-0.5,"bytes":[72,105],"top_logprobs":[{"token":"<end>","logprob":-0.25,"bytes":null},{"token":"Hi","logprob":-0.5,"bytes":[72,105]}]}],"refusal":null},"finish_reason":null}]}

                                """));
    }

    @Test
    void answersAFailureBeforeTheFirstTextWithItsRealStatus() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                STARTED,
                                new Outcome.Failed(Failure.CONTEXT_LENGTH_EXCEEDED, "too long")));

        RawClient.Reply reply = ask(ASK);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":2011,\"message\":\"too long\",\"error\":{\"message\":\"too long\","
                                + "\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");
    }

    @Test
    void endsWithAnErrorEventAndWithoutDoneWhenItFailsInTheMiddle() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                new Reply.TextDelta("Hel", 1),
                                new Outcome.Failed(Failure.WORKER_FAILED, "the worker failed")));

        RawClient.Reply reply = ask(ASK);

        assertThat(reply.body())
                .endsWith(
                        "\n\nevent: error\ndata: {\"code\":2015,\"message\":\"the worker failed\","
                                + "\"error\":{\"message\":\"the worker failed\",\"type\":\"server_error\",\"param\":null,\"code\":\"worker_failed\"}}\n\n");
    }

    @Test
    void pingsWhileNothingComesAndFlushesEachEventByItself() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(chat(ASK));
            assertThat(client.line()).startsWith("HTTP/1.1 200");
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                assertThat(line).doesNotStartWith("Content-Length");
            }
            assertThat(client.chunk()).asString().isEqualTo(": ping\n\n");
            assertThat(client.chunk()).asString().isEqualTo(": ping\n\n");

            server.queue().taken.element().reply(new Reply.TextDelta("a", 1));

            assertThat(event(client)).contains("\"role\":\"assistant\"");
            assertThat(event(client)).contains("\"content\":\"a\"");
            server.queue().taken.element().reply(FakeQueue.completed("a"));
            assertThat(event(client)).contains("\"finish_reason\":\"stop\"");
            assertThat(event(client)).isEqualTo("data: [DONE]\n\n");
        }
    }

    @Test
    void aReaderThatIsTooSlowIsCutOffAndNeverBlocksTheReplies() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(chat(ASK));
            Await.until(() -> !server.queue().taken.isEmpty());
            // Its first ping opens the stream.
            Await.until(() -> hasBytes(client));
            FakeQueue.Taken job = server.queue().taken.element();
            var text = new Reply.TextDelta("x".repeat(4096), 1);

            // The client reads nothing until all replies are there, so a reply that waits for it
            // would wait for ever.
            for (int i = 0; i < 20_000; i++) {
                job.reply(text);
            }

            Await.until(() -> server.queue().abandoned.contains(job.id()));
            RawClient.Reply reply = client.reply();
            assertThat(reply.body())
                    .contains("\n\nevent: error\ndata: {\"code\":2022,")
                    .endsWith("\"code\":\"request_timeout\"}}\n\n");
        }
    }

    private static boolean hasBytes(RawClient client) {
        try {
            return client.socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String event(RawClient client) throws IOException {
        String chunk = new String(client.chunk());
        return chunk.equals(": ping\n\n") ? event(client) : chunk;
    }

    private static RawClient.Reply ask(String body) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(chat(body)).reply();
        }
    }

    /** {@code HEAD} stands for what every chunk begins with; the time is taken from the reply. */
    private static String events(RawClient.Reply reply, String template) {
        String created = reply.body().replaceFirst("(?s).*?\"created\":([0-9]+),.*", "$1");
        return template.replace(
                "HEAD",
                "\"id\":\"chatcmpl-"
                        + reply.headers().get("x-holt-job-id")
                        + "\",\"object\":\"chat.completion.chunk\",\"created\":"
                        + created
                        + ",\"model\":\"m\"");
    }
}

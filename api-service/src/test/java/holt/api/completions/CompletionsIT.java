package holt.api.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.api.edge.CheckReply;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.api.queue.NewJob;
import holt.protocol.Asked;
import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/completions}: what becomes of its fields, its answers and its refusals. */
class CompletionsIT extends RefusalContract {
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("no prompt", "{\"model\":\"m\"}", "prompt"),
                arguments("an empty prompt", of("\"\""), "prompt"),
                arguments("an empty array of tokens", of("[[]]"), "prompt[0]"),
                arguments("texts and tokens", of("[\"a\",[1]]"), "prompt"),
                arguments("a suffix", of("\"a\",\"suffix\":\"b\""), "suffix"),
                arguments("best of more", of("\"a\",\"best_of\":2"), "best_of"),
                arguments("best of less", of("\"a\",\"n\":3,\"best_of\":2"), "best_of"),
                arguments("too many log probabilities", of("\"a\",\"logprobs\":6"), "logprobs"),
                arguments("a yes for log probabilities", of("\"a\",\"logprobs\":true"), "logprobs"),
                arguments("negative tokens", of("\"a\",\"max_tokens\":-1"), "max_tokens"),
                arguments("too many answers", of("\"a\",\"n\":129"), "n"),
                arguments("too many answers in all", of("[\"a\",\"b\"],\"n\":65"), "n"),
                arguments("a high temperature", of("\"a\",\"temperature\":3"), "temperature"),
                arguments(
                        "five stops",
                        of("\"a\",\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"]"),
                        "stop"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(String name, String body, String param) throws IOException {
        JsonNode error = refused(post(body), 400, 2002).get("error");

        assertThat(error.get("param").asString()).isEqualTo(param);
        assertThat(error.get("message").asString()).startsWith(param + ": ");
    }

    @Test
    @DisplayName("R114: a model whose workers lack completions refuses them at the door")
    void aModelWithoutTheAbilityIsRefused() throws IOException {
        JsonNode error =
                refused(post(of("\"a\"").replace("\"m\"", "\"ORG/NAME\"")), 400, 2002).get("error");

        assertThat(error.get("code").asString()).isEqualTo("unsupported_parameter");
        assertThat(error.get("message").asString())
                .isEqualTo("model: does not support this route, since it lacks completions");
    }

    @Test
    void theFieldsReachTheWorker() throws IOException {
        assertThat(
                        taken(
                                of(
                                        "[[1,2]],\"max_tokens\":0,\"echo\":true,\"logprobs\":1,\"n\":2,\"best_of\":2,"
                                                + "\"stop\":\".\",\"temperature\":0,\"seed\":7,\"suffix\":null,\"user\":\"ann\"")))
                .isEqualTo(
                        new Task.Complete(
                                null,
                                List.of(List.of(1, 2)),
                                new Task.Sampling(0, 1, 7L),
                                0,
                                List.of("."),
                                false,
                                2,
                                1,
                                true));
        Task.Complete plain = taken(of("\"a\""));
        assertThat(plain.maxTokens()).isEqualTo(16);
        assertThat(plain.topLogprobs()).isNull();
        assertThat(plain.texts()).containsExactly("a");
    }

    @Test
    void logProbabilitiesHaveTheFormOfThisRoute() throws IOException {
        server.queue()
                .behave(job ->
                        job.reply(
                                Outcome.ChatCompleted.of(
                                        List.of(
                                                new Outcome.Choice(
                                                        "aß.",
                                                        Outcome.FinishReason.LENGTH,
                                                        List.of(
                                                                scored("<s>", 0, null),
                                                                scored("a", -1, List.of(97)),
                                                                scored("\ufffd", -2, List.of(0xc3)),
                                                                scored("\ufffd", -3, List.of(0x9f)),
                                                                scored(".", -4, List.of(46))))),
                                        new Outcome.Usage(5, 0))));

        JsonNode choice = ask(of("\"aß.\",\"echo\":true,\"logprobs\":1")).at("/choices/0");

        assertThat(choice.get("text").asString()).isEqualTo("aß.");
        assertThat(choice.get("finish_reason").asString()).isEqualTo("length");
        assertThat(choice.get("logprobs"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"tokens":["<s>","a","bytes:\\\\xc3","bytes:\\\\x9f","."],
                                 "token_logprobs":[null,-1.0,-2.0,-3.0,-4.0],
                                 "top_logprobs":[null,{"best":-0.5,"a":-1.0},{"best":-0.5,"bytes:\\\\xc3":-2.0},
                                   {"best":-0.5,"bytes:\\\\x9f":-3.0},{"best":-0.5,".":-4.0}],
                                 "text_offset":[0,0,1,1,2]}
                                """));
    }

    @Test
    @DisplayName("R137: an asynchronous completion gets 202, and its job says its form")
    void aCompletionIsAnsweredLater() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.waiting());
        String body = of("\"a\",\"echo\":true");
        byte[] request =
                new String(post(body), StandardCharsets.UTF_8)
                        .replaceFirst("Host: x\r\n", "Host: x\r\nPrefer: respond-async\r\n")
                        .getBytes(StandardCharsets.UTF_8);

        try (var client = new RawClient(server.port())) {
            assertThat(client.send(request).reply().status()).isEqualTo(202);
        }

        NewJob job = server.queue().taken.remove().job();
        assertThat(job.outlives()).isTrue();
        assertThat(job.asked()).isEqualTo(new Asked(null, null, new Asked.Form.Completion(true)));
    }

    private static TokenLogprobs scored(String text, double logprob, List<Integer> bytes) {
        return new TokenLogprobs(
                new TokenLogprobs.TokenLogprob(text, logprob, bytes),
                List.of(new TokenLogprobs.TokenLogprob("best", -0.5, List.of(98, 101))));
    }

    private static Task.Complete taken(String body) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        JsonNode answer = ask(body);
        assertThat(answer.at("/choices/0/text").asString()).isEqualTo("yo");
        assertThat(answer.at("/choices/0/logprobs").isNull()).isTrue();
        assertThat(answer.get("id").asString()).startsWith("cmpl-");
        return (Task.Complete) server.queue().taken.remove().job().task();
    }

    private static JsonNode ask(String body) throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(post(body)).reply();
            CheckReply.success(reply);
            return JSON.readTree(reply.body());
        }
    }

    private static String of(String prompt) {
        return "{\"model\":\"m\",\"prompt\":" + prompt + "}";
    }

    private static byte[] post(String body) {
        return RawClient.post("/v1/completions", body.getBytes(StandardCharsets.UTF_8));
    }
}

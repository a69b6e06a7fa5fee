package holt.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.models.TestCatalog;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** How a valid request is read. {@code BadChatIT} has the refusals. */
class ParseChatTest {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    @Test
    void fillsInWhatIsNotSet() {
        Task.Chat task = task("");

        assertThat(task)
                .isEqualTo(
                        new Task.Chat(
                                List.of(new ChatMessage("user", "hi")),
                                new Task.Sampling(1, 1, null),
                                null,
                                List.of(),
                                false));
    }

    @Test
    void takesZeroAsAValueWhereItCanBeOne() {
        Task.Chat task =
                task(
                        ",\"temperature\":0,\"top_p\":0,\"seed\":0,\"min_p\":0,\"frequency_penalty\":0,"
                                + "\"presence_penalty\":0,\"logprobs\":true,\"top_logprobs\":0");

        assertThat(task.sampling()).isEqualTo(new Task.Sampling(0, 0, 0L));
        assertThat(task.topLogprobs()).isZero();
    }

    @Test
    void takesZeroAsNotSetWhereItCanBeNoValue() {
        Task.Chat task =
                task(
                        ",\"max_tokens\":0,\"max_completion_tokens\":0,\"n\":0,\"top_k\":0,\"repetition_penalty\":0");

        assertThat(task).isEqualTo(task(""));
    }

    @Test
    void takesEveryWayOfDrawing() {
        Task.Chat task =
                task(
                        ",\"temperature\":0.5,\"top_p\":0.9,\"seed\":-3,\"top_k\":40,\"min_p\":0.05,"
                                + "\"frequency_penalty\":0.5,\"presence_penalty\":-1,\"repetition_penalty\":1.1,"
                                + "\"logit_bias\":{\"15\":-100,\"7\":2.5},\"n\":3");

        assertThat(task.sampling())
                .isEqualTo(
                        new Task.Sampling(
                                0.5,
                                0.9,
                                -3L,
                                40,
                                0.05,
                                new Task.Penalties(0.5, -1, 1.1),
                                Map.of(7, 2.5, 15, -100.0)));
        assertThat(task.n()).isEqualTo(3);
    }

    @Test
    void leavesOutWhatIsNeutral() {
        Task.Chat task =
                task(
                        ",\"top_k\":0,\"min_p\":0,\"frequency_penalty\":0,\"presence_penalty\":0,"
                                + "\"repetition_penalty\":1,\"logit_bias\":{},\"n\":1,\"logprobs\":false,\"top_logprobs\":0");

        assertThat(task.sampling()).isEqualTo(new Task.Sampling(1, 1, null));
        assertThat(task.n()).isNull();
        assertThat(task.topLogprobs()).isNull();
    }

    @Test
    void fillsUpPenaltiesOfWhichOneIsGiven() {
        assertThat(task(",\"repetition_penalty\":1.2").sampling().penalties())
                .isEqualTo(new Task.Penalties(0, 0, 1.2));
        assertThat(task(",\"presence_penalty\":1").sampling().penalties())
                .isEqualTo(new Task.Penalties(0, 1, 1));
    }

    @Test
    void wantsLogProbabilitiesAlsoWithoutOtherTokens() {
        assertThat(task(",\"logprobs\":true").topLogprobs()).isZero();
        assertThat(task(",\"logprobs\":true,\"top_logprobs\":20").topLogprobs()).isEqualTo(20);
    }

    @Test
    void namesTheLengthOfAPromptThatIsTooLong() {
        String tooLong = "x".repeat((TestCatalog.CONTEXT + 1) * 16 - 3);

        assertThatThrownBy(() -> parse(body(tooLong, "")))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused ->
                                assertThat(refused.failure())
                                        .isEqualTo(Failure.CONTEXT_LENGTH_EXCEEDED))
                .hasMessageContainingAll(
                        "at least 2049 tokens", "context length is " + TestCatalog.CONTEXT);
    }

    @Test
    void takesTheNewerNameOfTheLimit() {
        assertThat(task(",\"max_tokens\":5,\"max_completion_tokens\":7").maxTokens()).isEqualTo(7);
        assertThat(task(",\"max_tokens\":5,\"max_completion_tokens\":0").maxTokens()).isEqualTo(5);
        assertThat(task(",\"max_tokens\":2147483647").maxTokens()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void takesAStopAloneOrInAnArray() {
        assertThat(task(",\"stop\":\"a\"").stop()).containsExactly("a");
        assertThat(task(",\"stop\":[\"a\",\"b\",\"c\",\"d\"]").stop())
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void joinsTheTextsOfAMessage() {
        String body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]}";

        assertThat(parse(body).task().messages()).containsExactly(new ChatMessage("user", "ab"));
    }

    @Test
    void takesAPromptThatJustFits() {
        String longest = "x".repeat(TestCatalog.CONTEXT * 16);

        assertThat(parse(body(longest, "")).task().messages().getFirst().content())
                .isEqualTo(longest);
    }

    @Test
    void streamsAndReportsUsageOnRequest() {
        ParsedChat call =
                parse(body("hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        assertThat(call.task().stream()).isTrue();
        assertThat(call.includeUsage()).isTrue();
    }

    @Test
    @DisplayName("R141: what a client leaves out is the model's own way to sample")
    void fillsInTheModelsOwnWayToSample() {
        assertThat(cool("").sampling())
                .isEqualTo(
                        new Task.Sampling(
                                0.6, 0.95, null, 20, 0.01, new Task.Penalties(0, 0, 1.05), null));
        assertThat(cool(",\"repetition_penalty\":0,\"presence_penalty\":1").sampling().penalties())
                .isEqualTo(new Task.Penalties(0, 1, 1.05));
    }

    @Test
    @DisplayName("R141: what a client says counts more than the model's way to sample")
    void aClientsOwnWayToSampleWins() {
        assertThat(
                        cool(",\"temperature\":1,\"top_p\":0,\"top_k\":0,\"min_p\":0,"
                                        + "\"repetition_penalty\":1")
                                .sampling())
                .isEqualTo(new Task.Sampling(1, 0, null));
    }

    @Test
    @DisplayName("R128: a temperature that only the engine knows stays open")
    void leavesATemperatureOpenThatOnlyTheEngineKnows() {
        var none = KnownModel.SamplingDefaults.NONE;

        assertThat(of(none, "").sampling().leavesTemperature()).isTrue();
        assertThat(of(none, ",\"temperature\":1").sampling().leavesTemperature()).isFalse();
        assertThat(cool("").sampling().leavesTemperature()).isFalse();
        assertThat(task("").sampling().leavesTemperature()).isFalse();
    }

    private static Task.Chat cool(String fields) {
        return of(new KnownModel.SamplingDefaults(0.6, 0.95, 20, 0.01, 1.05), fields);
    }

    private static Task.Chat of(KnownModel.SamplingDefaults defaults, String fields) {
        var catalog = new TestCatalog();
        catalog.add(
                new KnownModel(
                                new ModelName("cool"),
                                KnownModel.Kind.CHAT,
                                "",
                                Instant.EPOCH,
                                TestCatalog.CONTEXT,
                                16)
                        .withSampling(defaults));
        String body = body("hi", fields).replace("\"m\"", "\"cool\"");
        return TestChats.of(catalog)
                .parse(JSON.readValue(body, ChatRequest.class), Caller.ANYBODY)
                .task();
    }

    private static Task.Chat task(String fields) {
        return parse(body("hi", fields)).task();
    }

    private static String body(String text, String fields) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]"
                + fields
                + "}";
    }

    private static ParsedChat parse(String body) {
        return TestChats.of(new TestCatalog())
                .parse(JSON.readValue(body, ChatRequest.class), Caller.ANYBODY);
    }
}

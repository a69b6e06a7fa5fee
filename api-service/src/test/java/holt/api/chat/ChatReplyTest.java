package holt.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.http.Json;
import holt.protocol.Outcome;
import holt.protocol.TokenLogprobs;
import holt.protocol.TokenLogprobs.TokenLogprob;
import holt.protocol.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole answers, byte for byte. */
class ChatReplyTest {
    private static final ChatEnvelope HEAD = new ChatEnvelope("chatcmpl-1", 7, "m", null);
    private static final Outcome.Usage USAGE = new Outcome.Usage(3, 2, 1);
    private static final String BEGIN =
            "{\"code\":0,\"message\":\"success\",\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\","
                    + "\"created\":7,\"model\":\"m\",\"choices\":[";
    private static final String END =
            "],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":1}}}";

    @Test
    void oneAnswer() {
        assertThat(json(new Outcome.ChatCompleted("Hi", Outcome.FinishReason.STOP, USAGE)))
                .isEqualTo(
                        BEGIN
                                + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}"
                                + END);
    }

    @Test
    void anAnswerThatCallsTools() {
        var parts =
                Outcome.AnswerParts.of("Hm.", List.of(new ToolCall("c1", "weather", "{\"a\":1}")));
        var choice = new Outcome.Choice("", Outcome.FinishReason.TOOL_CALLS, null, parts);

        assertThat(json(Outcome.ChatCompleted.of(List.of(choice), USAGE)))
                .isEqualTo(
                        BEGIN
                                + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"Hm.\","
                                + "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"a\\\":1}\"}}]},"
                                + "\"finish_reason\":\"tool_calls\"}"
                                + END);
    }

    @Test
    void reasoningIsCountedApart() {
        var thought =
                new Outcome.ChatCompleted("Hi", Outcome.FinishReason.STOP, USAGE.withReasoning(1));

        assertThat(json(thought))
                .contains("\"completion_tokens_details\":{\"reasoning_tokens\":1}");
    }

    @Test
    void severalAnswersInTheirOrder() {
        var choices =
                List.of(
                        new Outcome.Choice("Hi", Outcome.FinishReason.STOP, null),
                        new Outcome.Choice("Hello", Outcome.FinishReason.LENGTH, null));

        assertThat(json(Outcome.ChatCompleted.of(choices, USAGE)))
                .isEqualTo(
                        BEGIN
                                + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"},"
                                + "{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"length\"}"
                                + END);
    }

    @Test
    void logProbabilitiesInOpenAisShape() {
        var part = new TokenLogprob("\ufffd", -0.5, List.of(0xF0, 0x9F));
        var end = new TokenLogprob("<end>", -0.25, null);
        var logprobs =
                List.of(
                        new TokenLogprobs(part, List.of(end, part)),
                        new TokenLogprobs(part, List.of()));

        assertThat(
                        json(
                                new Outcome.ChatCompleted(
                                        "x",
                                        Outcome.FinishReason.STOP,
                                        USAGE,
                                        logprobs,
                                        null,
                                        null)))
                .contains(
                        "\"logprobs\":{\"content\":["
                                + "{\"token\":\"\ufffd\",\"logprob\":-0.5,\"bytes\":[240,159],\"top_logprobs\":["
                                + "{\"token\":\"<end>\",\"logprob\":-0.25,\"bytes\":null},"
                                + "{\"token\":\"\ufffd\",\"logprob\":-0.5,\"bytes\":[240,159]}]},"
                                + "{\"token\":\"\ufffd\",\"logprob\":-0.5,\"bytes\":[240,159],\"top_logprobs\":[]}"
                                + "],\"refusal\":null},\"finish_reason\":\"stop\"}");
    }

    private static String json(Outcome.ChatCompleted outcome) {
        return new String(Json.write(ChatReply.of(HEAD, outcome)), StandardCharsets.UTF_8);
    }
}

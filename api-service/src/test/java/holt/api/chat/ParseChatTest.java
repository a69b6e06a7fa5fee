package holt.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.FakeCatalog;
import holt.protocol.Task;
import holt.protocol.Task.ChatMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What a valid request becomes; what is refused stands in the tests over the wire. */
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
    void takesZeroAsNotSetButForTheTemperature() {
        Task.Chat task = task(",\"max_tokens\":0,\"top_p\":0,\"temperature\":0,\"seed\":0");

        assertThat(task.maxTokens()).isNull();
        assertThat(task.sampling()).isEqualTo(new Task.Sampling(0, 1, 0L));
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
        String longest = "x".repeat(FakeCatalog.CONTEXT * 16);

        assertThat(parse(body(longest, "")).task().messages().getFirst().content())
                .isEqualTo(longest);
    }

    @Test
    void streamsAndReportsUsageOnRequest() {
        ChatCall call =
                parse(body("hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        assertThat(call.task().stream()).isTrue();
        assertThat(call.includeUsage()).isTrue();
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

    private static ChatCall parse(String body) {
        return ParseChat.parse(JSON.readValue(body, ChatRequest.class), new FakeCatalog());
    }
}

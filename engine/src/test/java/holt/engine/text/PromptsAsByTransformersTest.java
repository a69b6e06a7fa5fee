package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.template.TemplateException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prompts of requests with tools, as {@code make_prompt_fixtures.py} renders them with transformers. */
class PromptsAsByTransformersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> TOKENS =
            Map.of("bos_token", "<s>", "eos_token", "</s>");

    @TestFactory
    Stream<DynamicTest> aRequestHasThePromptOfTransformers() throws Exception {
        JsonNode fixtures = fixtures();
        return fixtures.path("templates")
                .valueStream()
                .flatMap(template ->
                        template.path("prompts")
                                .propertyStream()
                                .map(prompt ->
                                        DynamicTest.dynamicTest(
                                                template.path("name").asString()
                                                        + ": "
                                                        + prompt.getKey(),
                                                () ->
                                                        check(
                                                                template.path("template")
                                                                        .asString(),
                                                                fixtures.path("requests")
                                                                        .path(prompt.getKey()),
                                                                prompt.getValue()))));
    }

    private static JsonNode fixtures() throws Exception {
        try (InputStream in =
                PromptsAsByTransformersTest.class.getResourceAsStream("prompts.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        }
    }

    private static void check(String source, JsonNode request, JsonNode prompt) {
        RenderChat template = new RenderChat(source, TOKENS);
        ChatInput input = input(request);
        if (prompt.isNull()) {
            assertThatThrownBy(() -> render(template, input)).isInstanceOf(TemplateException.class);
        } else {
            assertThat(render(template, input)).isEqualTo(prompt.asString());
        }
    }

    private static String render(RenderChat template, ChatInput input) {
        Map<String, @Nullable Object> values = template.values(input);
        return template.render(UserTexts.replace(values, UserTexts.in(values)));
    }

    private static ChatInput input(JsonNode request) {
        return new ChatInput(
                request.path("messages")
                        .valueStream()
                        .map(PromptsAsByTransformersTest::turn)
                        .toList(),
                request.path("tools").valueStream().map(PromptsAsByTransformersTest::map).toList(),
                true,
                map(request.path("arguments")));
    }

    private static ChatTurn turn(JsonNode message) {
        List<ToolCall> calls =
                message.path("tool_calls")
                        .valueStream()
                        .map(call ->
                                new ToolCall(
                                        call.path("id").asString(),
                                        call.path("function").path("name").asString(),
                                        call.path("function").path("arguments").asString()))
                        .toList();
        return new ChatTurn(
                message.path("role").asString(),
                text(message, "content"),
                text(message, "reasoning_content"),
                calls,
                text(message, "tool_call_id"),
                text(message, "name"));
    }

    private static @Nullable String text(JsonNode message, String key) {
        return message.hasNonNull(key) ? message.path(key).asString() : null;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(JsonNode node) {
        return JSON.convertValue(node, Map.class);
    }
}

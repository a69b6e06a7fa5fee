package holt.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.RequestRejectedException;
import holt.api.http.Json;
import holt.api.keys.Caller;
import holt.api.models.TestCatalog;
import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.OutputFormat;
import holt.protocol.Task;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentChatTest {
    private static final String TOOL =
            "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"},\"strict\":true}}";
    private static final String TOOLS = "\"tools\":[" + TOOL + "]";

    @Test
    void toolsStayAsTheyCame() {
        Tools tools = task(TOOLS).tools();

        assertThat(tools)
                .isEqualTo(
                        new Tools(
                                List.of(
                                        Map.of(
                                                "type",
                                                "function",
                                                "function",
                                                Map.of(
                                                        "name",
                                                        "weather",
                                                        "parameters",
                                                        Map.of("type", "object"),
                                                        "strict",
                                                        true))),
                                Tools.Choice.AUTO,
                                null,
                                true));
    }

    @Test
    void aToolChoiceIsAWordOrAFunction() {
        assertThat(task(TOOLS + ",\"tool_choice\":\"none\"").tools().choice())
                .isEqualTo(Tools.Choice.NONE);
        Tools tools =
                task(TOOLS
                                + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}},\"parallel_tool_calls\":false")
                        .tools();

        assertThat(tools.choice()).isEqualTo(Tools.Choice.REQUIRED);
        assertThat(tools.only()).isEqualTo("weather");
        assertThat(tools.parallel()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "tools":{}                                                                                | tools
                    "tools":[7]                                                                               | tools[0]
                    "tools":[{"type":"web_search"}]                                                           | tools[0].type
                    "tools":[{"type":"function","function":{"name":"a b"}}]                                   | tools[0].function.name
                    "tools":[TOOL,TOOL]                                                                       | tools[1].function.name
                    "tools":[TOOL],"tool_choice":"sometimes"                                                  | tool_choice
                    "tools":[TOOL],"tool_choice":{"type":"function","function":{"name":"other"}}              | tool_choice.function.name
                    "tool_choice":"required"                                                                  | tool_choice
                    "response_format":{"type":"xml"}                                                          | response_format.type
                    "response_format":{"type":"json_schema"}                                                  | response_format.json_schema
                    "response_format":{"type":"json_schema","json_schema":{"name":"a"}}                       | response_format.json_schema.schema
                    "structured_outputs":{"choice":[]}                                                        | structured_outputs.choice
                    "structured_outputs":{"grammar":"root"}                                                   | structured_outputs.grammar
                    "guided_regex":""                                                                         | guided_regex
                    "guided_regex":"a","response_format":{"type":"json_object"}                               | response_format
                    "chat_template_kwargs":[]                                                                 | chat_template_kwargs
                    """,
            quoteCharacter = '`')
    void badFieldsAreNamed(String fields, String param) {
        assertThatThrownBy(() -> task(fields.replace("TOOL", TOOL)))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused -> assertThat(refused.param()).isEqualTo(param));
    }

    @Test
    void aHistoryHasCallsAndTheirResults() {
        String messages =
                """
                {"role":"user","content":"Weather?"},
                {"role":"assistant","content":null,"reasoning_content":"Hm.","tool_calls":[
                  {"id":"c1","type":"function","function":{"name":"weather","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"c1","name":"weather","content":"Sunny"},
                {"role":"assistant","content":null,"refusal":"No."}
                """;

        assertThat(parse("m", messages, TOOLS).messages())
                .containsExactly(
                        new ChatMessage("user", "Weather?"),
                        new ChatMessage(
                                "assistant",
                                "",
                                "Hm.",
                                List.of(new ToolCall("c1", "weather", "{}")),
                                null,
                                null),
                        new ChatMessage("tool", "Sunny", null, null, "c1", "weather"),
                        new ChatMessage("assistant", "No."));
    }

    @Test
    void everyFormatHasItsField() {
        var schema = new OutputFormat.JsonSchema(null, Map.of("type", "object"));

        assertThat(task("\"response_format\":{\"type\":\"text\"}").format()).isNull();
        assertThat(task("\"response_format\":{\"type\":\"json_object\"}").format())
                .isEqualTo(new OutputFormat.JsonObject());
        assertThat(
                        task("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"object\"}}}")
                                .format())
                .isEqualTo(new OutputFormat.JsonSchema("a", schema.schema()));
        assertThat(task("\"structured_outputs\":{\"json\":{\"type\":\"object\"}}").format())
                .isEqualTo(schema);
        assertThat(task("\"guided_json\":{\"type\":\"object\"}").format()).isEqualTo(schema);
        assertThat(task("\"guided_regex\":\"[a-z]\"").format())
                .isEqualTo(new OutputFormat.Regex("[a-z]"));
        assertThat(task("\"guided_choice\":[\"yes\",\"no\"]").format())
                .isEqualTo(new OutputFormat.OneOf(List.of("yes", "no")));
    }

    @Test
    void theTemplateGetsItsArguments() {
        assertThat(
                        task("\"chat_template_kwargs\":{\"enable_thinking\":false},\"reasoning_effort\":\"low\"")
                                .templateArguments())
                .isEqualTo(Map.of("enable_thinking", false, "reasoning_effort", "low"));
    }

    @ParameterizedTest
    @DisplayName(
            "R101: the API refuses what not all workers of the model can do, by the field's name")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "tools":[TOOL]                               | tools
                    "response_format":{"type":"json_object"}     | response_format
                    "chat_template_kwargs":{"a":1}               | chat_template_kwargs
                    """,
            quoteCharacter = '`')
    void aModelIsAskedOnlyForWhatItCanDo(String fields, String param) {
        assertThatThrownBy(() ->
                        parse(
                                "ORG/NAME",
                                "{\"role\":\"user\",\"content\":\"hi\"}",
                                fields.replace("TOOL", TOOL)))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused -> assertThat(refused.param()).isEqualTo(param));
    }

    @Test
    void aHintIsDroppedForAModelThatCannotTakeIt() {
        assertThat(
                        parse(
                                        "ORG/NAME",
                                        "{\"role\":\"user\",\"content\":\"hi\"}",
                                        "\"reasoning_effort\":\"low\"")
                                .needs())
                .isEmpty();
        assertThat(task("\"reasoning_effort\":\"low\"").needs())
                .containsExactly(Ability.TEMPLATE_ARGUMENTS);
    }

    private static Task.Chat task(String fields) {
        return parse("m", "{\"role\":\"user\",\"content\":\"hi\"}", fields);
    }

    private static Task.Chat parse(String model, String messages, String fields) {
        String body = "{\"model\":\"%s\",\"messages\":[%s],%s}".formatted(model, messages, fields);
        return TestChats.of(new TestCatalog())
                .parse(Json.MAPPER.readValue(body, ChatRequest.class), Caller.ANYBODY)
                .task();
    }
}

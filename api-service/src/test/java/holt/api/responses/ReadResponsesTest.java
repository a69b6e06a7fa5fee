package holt.api.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import holt.api.RequestRejectedException;
import holt.api.chat.TestChats;
import holt.api.http.Json;
import holt.api.keys.Caller;
import holt.api.models.TestCatalog;
import holt.protocol.ChatMessage;
import holt.protocol.Media;
import holt.protocol.OutputFormat;
import holt.protocol.Task;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadResponsesTest {
    private static final String TOOL =
            "{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}";

    @Test
    void aTextIsAUsersMessageBehindTheInstructions() {
        assertThat(task("\"input\":\"hi\",\"instructions\":\"Be brief.\"").messages())
                .containsExactly(
                        new ChatMessage("system", "Be brief."), new ChatMessage("user", "hi"));
    }

    @Test
    void itemsAreTheTurnsOfAnAgent() {
        String input =
                """
                "input":[
                  {"role":"user","content":[{"type":"input_text","text":"Weather?"}]},
                  {"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"Hm."}]},
                  {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look."}]},
                  {"type":"function_call","call_id":"c1","name":"weather","arguments":"{}"},
                  {"type":"custom_tool_call","call_id":"c2","name":"patch","input":"a\\"b"},
                  {"type":"function_call_output","call_id":"c1","output":"Sunny"},
                  {"type":"custom_tool_call_output","call_id":"c2","output":[{"type":"input_text","text":"ok"}]}]
                """;

        assertThat(task(input).messages())
                .containsExactly(
                        new ChatMessage("user", "Weather?"),
                        new ChatMessage(
                                "assistant",
                                "I look.",
                                "Hm.",
                                List.of(
                                        new ToolCall("c1", "weather", "{}"),
                                        new ToolCall("c2", "patch", "{\"input\":\"a\\\"b\"}")),
                                null,
                                null),
                        new ChatMessage("tool", "Sunny", null, null, "c1", null),
                        new ChatMessage("tool", "ok", null, null, "c2", null));
    }

    @Test
    void toolsAreFunctionsOfTheChat() {
        String tools =
                """
                "input":"hi","tools":[
                  {"type":"web_search"},
                  {"type":"function","name":"weather","description":"d","parameters":{"type":"object"},"strict":true},
                  {"type":"namespace","name":"files","tools":[{"type":"function","name":"read"}]},
                  {"type":"custom","name":"patch"}]
                """;

        List<Map<String, Object>> functions = tools(tools).functions();

        assertThat(functions)
                .<Object>extracting(tool -> ((Map<?, ?>) tool.get("function")).get("name"))
                .containsExactly("weather", "files__read", "patch");
        assertThat(functions.getFirst().get("function"))
                .isEqualTo(
                        Map.of(
                                "name",
                                "weather",
                                "description",
                                "d",
                                "parameters",
                                Map.of("type", "object"),
                                "strict",
                                true));
    }

    @Test
    void aToolChoiceMayAllowSomeTools() {
        String two =
                "\"input\":\"hi\",\"tools\":[" + TOOL + ",{\"type\":\"custom\",\"name\":\"b\"}]";

        Tools one =
                tools(
                        two
                                + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"custom\",\"name\":\"b\"}]}");
        assertThat(one.functions()).hasSize(1);
        assertThat(one.choice()).isEqualTo(Tools.Choice.REQUIRED);

        assertThat(
                        tools(two + ",\"tool_choice\":{\"type\":\"function\",\"name\":\"weather\"}")
                                .only())
                .isEqualTo("weather");
    }

    @Test
    void aSchemaIsTheChatsFormat() {
        assertThat(
                        task("\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\"},\"strict\":true}}")
                                .format())
                .isEqualTo(new OutputFormat.JsonSchema("a", Map.of("type", "object")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "instructions":"a"                                                     | input
                    "input":[]                                                             | input
                    "input":[{"type":"item_reference","id":"a"}]                           | input[0].type
                    "input":[{"role":"user","content":[{"type":"input_video"}]}]           | input[0].content[0].type
                    "input":[{"role":"user","content":[{"type":"input_image"}]}]           | input
                    "input":[{"role":"system","content":[{"type":"input_image"}]}]         | input[0].content[0].type
                    "input":[{"type":"function_call","name":"a","arguments":"{}"}]         | input[0].call_id
                    "input":"a","background":true                                          | background
                    "input":"a","previous_response_id":"resp_1"                            | previous_response_id
                    "input":"a","conversation":"conv_1"                                    | conversation
                    "input":"a","prompt":{"id":"p"}                                        | prompt
                    "input":"a","max_output_tokens":-1                                     | max_output_tokens
                    "input":""                                                             | input
                    "input":[{"role":"king","content":"a"}]                                | input[0].role
                    "input":"a","tools":[{"type":"web_search"},{"type":"function","name":"a b"}] | tools[1].name
                    "input":"a","tools":[TOOL,TOOL]                                        | tools[1].name
                    "input":"a","tools":[{"type":"function","name":"a","parameters":7}]    | tools[0].parameters
                    "input":"a","text":{"format":{"type":"json_schema","name":"a","schema":{"not":{}}}} | text.format.schema
                    "input":"a","temperature":3                                            | temperature
                    "input":"a","tools":[{"type":"web_search"}],"tool_choice":"required"   | tools
                    "input":"a","tools":[TOOL],"tool_choice":{"type":"web_search"}         | tool_choice.type
                    "input":"a","text":{"format":{"type":"json_schema","name":"a"}}        | text.format.schema
                    """)
    void badFieldsAreNamed(String fields, String param) {
        assertThatThrownBy(() -> task(fields.replace("TOOL", TOOL)))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused -> assertThat(refused.param()).isEqualTo(param));
    }

    @Test
    void picturesAndFilesAreThoseOfAChat() {
        List<ChatMessage> messages =
                task("""
                "input":[
                  {"role":"user","content":[
                    {"type":"input_text","text":"See "},
                    {"type":"input_image","image_url":"data:a","detail":"high"},
                    {"type":"input_file","filename":"a.pdf","file_data":"data:b"}]},
                  {"type":"function_call","call_id":"c1","name":"look","arguments":"{}"},
                  {"type":"function_call_output","call_id":"c1","output":[
                    {"type":"input_image","image_url":"data:c"}]}]
                """)
                        .messages();

        assertThat(messages.getFirst().content()).isEqualTo("See ");
        assertThat(messages.getFirst().media())
                .extracting(Media::at, Media::kind, Media::detail, Media::name)
                .containsExactly(
                        tuple(4, Media.Kind.PICTURE, "high", null),
                        tuple(4, Media.Kind.FILE, null, "a.pdf"));
        assertThat(messages.getLast().media()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"input_image,file_id", "input_file,file_id", "input_file,file_url"})
    void filesThatHoltDoesNotKeepAreRefused(String type, String field) {
        assertThatThrownBy(() ->
                        task(
                                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"%s\",\"%s\":\"x\"}]}]"
                                        .formatted(type, field)))
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused ->
                                assertThat(refused.param())
                                        .isEqualTo("input[0].content[0]." + field));
    }

    private static Tools tools(String fields) {
        Tools tools = task(fields).tools();
        if (tools == null) {
            throw new AssertionError("no tools");
        }
        return tools;
    }

    private static Task.Chat task(String fields) {
        var wire =
                Json.MAPPER.readValue("{\"model\":\"m\"," + fields + "}", ResponsesRequest.class);
        return ReadResponses.read(wire, TestChats.of(new TestCatalog()), Caller.ANYBODY, "default")
                .chat()
                .task();
    }
}

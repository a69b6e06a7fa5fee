package holt.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ChatMessage;
import holt.protocol.Media;
import holt.protocol.OutputFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatBodyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Task.Sampling GREEDY = new Task.Sampling(0, 1, null);

    @Test
    void whatTheClientLeftOpenStaysOpen() {
        assertThat(body(chat(GREEDY, null, null)))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"model":"own","messages":[{"role":"user","content":"Hi"}],"stream":true,
                                 "stream_options":{"include_usage":true},"temperature":0.0}\
                                """));
    }

    @Test
    @DisplayName("R128: a temperature that client and model leave open is the engine's")
    void anOpenTemperatureIsNotSent() {
        var open = new Task.Sampling(1, 1, null, null, null, null, null, true);

        assertThat(body(chat(open, null, null)).has("temperature")).isFalse();
    }

    @Test
    void samplingHasTheNamesOfTheEngines() {
        JsonNode body =
                body(
                        chat(
                                new Task.Sampling(
                                        0.5,
                                        0.9,
                                        (1L << 40) + 5,
                                        40,
                                        0.1,
                                        new Task.Penalties(1, 2, 1.5),
                                        Map.of(3, -100.0)),
                                null,
                                null));

        assertThat(body.get("seed").asLong()).isEqualTo(5);
        assertThat(body.get("top_p").asDouble()).isEqualTo(0.9);
        assertThat(body.get("top_k").asInt()).isEqualTo(40);
        assertThat(body.get("min_p").asDouble()).isEqualTo(0.1);
        assertThat(body.get("frequency_penalty").asDouble()).isEqualTo(1);
        assertThat(body.get("presence_penalty").asDouble()).isEqualTo(2);
        assertThat(body.get("repetition_penalty").asDouble()).isEqualTo(1.5);
        assertThat(body.get("repeat_penalty").asDouble()).isEqualTo(1.5);
        assertThat(body.get("logit_bias").get("3").asDouble()).isEqualTo(-100);
    }

    @Test
    void aShareOfNothingIsGreedy() {
        JsonNode body = body(chat(new Task.Sampling(1, 0, null), null, null));

        assertThat(body.get("temperature").asDouble()).isZero();
        assertThat(body.has("top_p")).isFalse();
    }

    @Test
    void toolsCallsAndResultsAreHandedOn() {
        var call =
                new ChatMessage(
                        "assistant", "", "hm", List.of(new ToolCall("c", "add", "{}")), null, null);
        var result = new ChatMessage("tool", "3", null, null, "c", "add");
        var chat =
                new Task.Chat(
                        List.of(call, result),
                        GREEDY,
                        9,
                        List.of("x"),
                        false,
                        2,
                        1,
                        new Tools(
                                List.of(Map.of("type", "function")),
                                Tools.Choice.REQUIRED,
                                "add",
                                false),
                        null,
                        Map.of("enable_thinking", false),
                        null);

        JsonNode body = body(chat);

        assertThat(body.get("messages"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                [{"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":
                                  [{"id":"c","type":"function","function":{"name":"add","arguments":"{}"}}]},
                                 {"role":"tool","content":"3","tool_call_id":"c","name":"add"}]\
                                """));
        assertThat(body.get("tool_choice").get("function").get("name").asString()).isEqualTo("add");
        assertThat(body.get("parallel_tool_calls").asBoolean()).isFalse();
        assertThat(body.get("n").asInt()).isEqualTo(2);
        assertThat(body.get("logprobs").asBoolean()).isTrue();
        assertThat(body.get("top_logprobs").asInt()).isEqualTo(1);
        assertThat(body.get("max_tokens").asInt()).isEqualTo(9);
        assertThat(body.get("stop").get(0).asString()).isEqualTo("x");
        assertThat(body.get("chat_template_kwargs").get("enable_thinking").asBoolean()).isFalse();
    }

    @Test
    void formatsBecomeWhatTheEngineReads() {
        assertThat(body(chat(GREEDY, new OutputFormat.JsonObject(), null)).get("response_format"))
                .isEqualTo(JSON.readTree("{\"type\":\"json_object\"}"));
        assertThat(
                        body(chat(GREEDY, new OutputFormat.JsonSchema(null, Map.of("a", 1)), null))
                                .at("/response_format/json_schema/schema/a")
                                .asInt())
                .isEqualTo(1);
        assertThat(
                        body(chat(GREEDY, new OutputFormat.Regex("a+"), null))
                                .at("/structured_outputs/regex")
                                .asString())
                .isEqualTo("a+");
        var either = chat(GREEDY, new OutputFormat.OneOf(List.of("a\"", "b")), null);
        assertThat(body(either).at("/structured_outputs/choice/1").asString()).isEqualTo("b");
        assertThat(
                        JSON.readTree(ChatBody.of(either, "own", true, ChatBodyTest::read))
                                .get("grammar")
                                .asString())
                .isEqualTo("root ::= \"a\\\"\" | \"b\"");
    }

    @Test
    @DisplayName("R166: an engine gets pictures, sounds and files as data, in their places")
    void mediaAreSentAsDataInTheirPlaces() {
        ChatMessage message =
                new ChatMessage("user", "One two")
                        .with(
                                List.of(
                                        media(0, Media.Kind.PICTURE, "image/png", null, "low"),
                                        media(4, Media.Kind.AUDIO, "audio/mpeg", null, null),
                                        media(
                                                7,
                                                Media.Kind.FILE,
                                                "application/pdf",
                                                "a.pdf",
                                                null)));

        assertThat(body(chat(GREEDY, null, null).with(List.of(message))).path("messages").path(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"role":"user","content":[
                                 {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"low"}},
                                 {"type":"text","text":"One "},
                                 {"type":"input_audio","input_audio":{"data":"AQID","format":"mp3"}},
                                 {"type":"text","text":"two"},
                                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AQID"}}]}\
                                """));
    }

    @Test
    @DisplayName("R168: unknown fields are passed on, and never replace Holt's own")
    void unknownFieldsArePassedOn() {
        JsonNode body =
                body(
                        new Task.Chat(
                                List.of(new ChatMessage("user", "Hi")),
                                GREEDY,
                                null,
                                List.of(),
                                false,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of("min_tokens", 5, "model", "another", "stream", false)));

        assertThat(body.path("min_tokens").asInt()).isEqualTo(5);
        assertThat(body.path("model").asString()).isEqualTo("own");
        assertThat(body.path("stream").asBoolean()).isTrue();
    }

    private static Media media(
            int at, Media.Kind kind, String type, @Nullable String name, @Nullable String detail) {
        return new Media(at, kind, type, name, detail, new StoredObject("k", 3, "00"));
    }

    private static JsonNode body(Task.Chat chat) {
        return JSON.readTree(ChatBody.of(chat, "own", false, ChatBodyTest::read));
    }

    private static byte[] read(StoredObject stored) {
        return new byte[] {1, 2, 3};
    }

    private static Task.Chat chat(
            Task.Sampling sampling, @Nullable OutputFormat format, @Nullable Tools tools) {
        return new Task.Chat(
                List.of(new ChatMessage("user", "Hi")),
                sampling,
                null,
                List.of(),
                false,
                null,
                null,
                tools,
                format,
                null,
                null);
    }
}

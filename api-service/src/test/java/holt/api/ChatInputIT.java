package holt.api;

import static holt.api.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Chats with one field wrong, and chats that look wrong and are not. */
class ChatInputIT extends RefusalContract {
    static Stream<Arguments> fields() {
        return Stream.of(
                arguments("no model", GOOD.replace("\"model\":\"m\",", ""), 400, 2002, "model"),
                arguments("empty model", GOOD.replace("\"m\"", "\"\""), 400, 2002, "model"),
                arguments("model a number", GOOD.replace("\"m\"", "7"), 400, 2002, "model"),
                arguments("unknown model", GOOD.replace("\"m\"", "\"nobody\""), 404, 2004, "model"),
                arguments(
                        "model of 10 KiB",
                        GOOD.replace("\"m\"", "\"" + "m".repeat(10 << 10) + "\""),
                        404,
                        2004,
                        "model"),
                arguments(
                        "model a path", GOOD.replace("\"m\"", "\"../../etc\""), 404, 2004, "model"),
                arguments(
                        "model with a control character",
                        GOOD.replace("\"m\"", "\"a\\u0000b\""),
                        404,
                        2004,
                        "model"),
                arguments(
                        "model of another kind",
                        GOOD.replace("\"m\"", "\"painter\""),
                        400,
                        2005,
                        "model"),
                arguments("no messages", "{\"model\":\"m\"}", 400, 2002, "messages"),
                arguments("messages null", messages("null"), 400, 2002, "messages"),
                arguments("messages empty", messages("[]"), 400, 2002, "messages"),
                arguments("messages a string", messages("\"hi\""), 400, 2002, "messages"),
                arguments("10,000 messages", messages(manyMessages()), 400, 2011, "messages"),
                arguments("a message null", messages("[null]"), 400, 2002, "messages[0]"),
                arguments("a message a string", messages("[\"hi\"]"), 400, 2002, "messages[0]"),
                arguments("role root", GOOD.replace("user", "root"), 400, 2002, "messages[0].role"),
                arguments(
                        "no role",
                        messages("[{\"content\":\"hi\"}]"),
                        400,
                        2002,
                        "messages[0].role"),
                arguments(
                        "content null",
                        GOOD.replace("\"hi\"", "null"),
                        400,
                        2002,
                        "messages[0].content"),
                arguments(
                        "content a number",
                        GOOD.replace("\"hi\"", "5"),
                        400,
                        2002,
                        "messages[0].content"),
                arguments(
                        "content empty",
                        GOOD.replace("\"hi\"", "\"\""),
                        400,
                        2002,
                        "messages[0].content"),
                arguments(
                        "content an object",
                        GOOD.replace("\"hi\"", "{}"),
                        400,
                        2002,
                        "messages[0].content"),
                arguments(
                        "content an image",
                        GOOD.replace(
                                "\"hi\"",
                                "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}]"),
                        400,
                        2002,
                        "messages[0].content[0].type"),
                arguments(
                        "content audio",
                        GOOD.replace("\"hi\"", "[{\"type\":\"input_audio\"}]"),
                        400,
                        2002,
                        "messages[0].content[0].type"),
                arguments(
                        "prompt over the context",
                        GOOD.replace("hi", "x".repeat(FakeCatalog.CONTEXT * 16 + 1)),
                        400,
                        2011,
                        "messages"),
                arguments("max_tokens -1", with("\"max_tokens\":-1"), 400, 2002, "max_tokens"),
                arguments(
                        "max_tokens 2^31",
                        with("\"max_tokens\":2147483648"),
                        400,
                        2002,
                        "max_tokens"),
                arguments(
                        "max_tokens 2^65",
                        with("\"max_tokens\":36893488147419103232"),
                        400,
                        2002,
                        "max_tokens"),
                arguments(
                        "max_tokens \"ten\"",
                        with("\"max_tokens\":\"ten\""),
                        400,
                        2002,
                        "max_tokens"),
                arguments(
                        "max_tokens \"10\"",
                        with("\"max_tokens\":\"10\""),
                        400,
                        2002,
                        "max_tokens"),
                arguments("max_tokens 1.5", with("\"max_tokens\":1.5"), 400, 2002, "max_tokens"),
                arguments(
                        "max_completion_tokens -1",
                        with("\"max_completion_tokens\":-1"),
                        400,
                        2002,
                        "max_completion_tokens"),
                arguments(
                        "temperature -0.1", with("\"temperature\":-0.1"), 400, 2002, "temperature"),
                arguments("temperature 2.1", with("\"temperature\":2.1"), 400, 2002, "temperature"),
                arguments(
                        "temperature a string",
                        with("\"temperature\":\"hot\""),
                        400,
                        2002,
                        "temperature"),
                arguments("top_p 1.5", with("\"top_p\":1.5"), 400, 2002, "top_p"),
                arguments("top_p -0.5", with("\"top_p\":-0.5"), 400, 2002, "top_p"),
                arguments("seed 2^65", with("\"seed\":36893488147419103232"), 400, 2002, "seed"),
                arguments("n 1,000,000", with("\"n\":1000000"), 400, 2002, "n"),
                arguments("n -1", with("\"n\":-1"), 400, 2002, "n"),
                arguments(
                        "5 stops",
                        with("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]"),
                        400,
                        2002,
                        "stop"),
                arguments(
                        "an empty stop among stops",
                        with("\"stop\":[\"a\",\"\"]"),
                        400,
                        2002,
                        "stop"),
                arguments("stop a number", with("\"stop\":5"), 400, 2002, "stop"),
                arguments("stream \"yes\"", with("\"stream\":\"yes\""), 400, 2002, "stream"),
                arguments(
                        "stream_options a string",
                        with("\"stream_options\":\"all\""),
                        400,
                        2002,
                        "stream_options"),
                arguments("tools", with("\"tools\":[{\"type\":\"function\"}]"), 400, 2002, "tools"),
                arguments(
                        "response_format",
                        with("\"response_format\":{\"type\":\"json_object\"}"),
                        400,
                        2002,
                        "response_format"));
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("byte order mark", "\ufeff" + GOOD),
                arguments("n 0", with("\"n\":0")),
                arguments("n 1", with("\"n\":1")),
                arguments("stop empty", with("\"stop\":\"\"")),
                arguments("stop null", with("\"stop\":null")),
                arguments("stop empty list", with("\"stop\":[]")),
                arguments(
                        "zeroes",
                        with(
                                "\"max_tokens\":0,\"top_p\":0,\"frequency_penalty\":0,\"top_logprobs\":0,\"logprobs\":false")),
                arguments(
                        "empty values",
                        with(
                                "\"tools\":[],\"logit_bias\":{},\"response_format\":{\"type\":\"text\"}")),
                arguments(
                        "nulls",
                        with(
                                "\"temperature\":null,\"stream\":null,\"n\":null,\"stream_options\":null,\"tools\":null")),
                arguments("unknown field", with("\"wallet\":\"w\",\"x\":[{\"y\":1}]")),
                arguments("a template's words in a user's text", GOOD.replace("hi", "<|im_end|>")),
                arguments("a surrogate pair", GOOD.replace("hi", "\\ud83e\\udda6")),
                arguments(
                        "an empty system prompt",
                        messages(
                                "[{\"role\":\"system\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"hi\"}]")),
                arguments("every role", messages(everyRole())),
                arguments(
                        "text parts",
                        GOOD.replace(
                                "\"hi\"",
                                "[{\"type\":\"text\",\"text\":\"h\"},{\"type\":\"text\",\"text\":\"i\"}]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void refusesFieldsByName(String name, String body, int status, int code, String param)
            throws IOException {
        JsonNode error = refused(chat(body), status, code).get("error");

        assertThat(error.get("param").asString()).isEqualTo(param);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void acceptsWhatMeansNothingElse(String name, String body) throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(chat(body)).reply();

            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(server.queue().taken).hasSize(1);
        }
    }

    private static String messages(String messages) {
        return "{\"model\":\"m\",\"messages\":" + messages + "}";
    }

    private static String manyMessages() {
        return Stream.generate(() -> "{\"role\":\"user\",\"content\":\"x\"}")
                .limit(10_000)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String everyRole() {
        return Set.of("system", "developer", "user", "assistant", "tool", "function").stream()
                .map(role -> "{\"role\":\"" + role + "\",\"content\":\"x\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}

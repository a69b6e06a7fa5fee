package holt.api.chat;

import static holt.api.edge.RefusalContract.GOOD;
import static holt.api.edge.RefusalContract.with;

import holt.api.edge.BadInput;
import holt.api.edge.RawClient;
import holt.api.models.TestCatalog;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chats with one field wrong. */
final class ChatInput {
    private ChatInput() {}

    static Stream<BadInput> cases() {
        return Stream.of(
                bad("no model", GOOD.replace("\"model\":\"m\",", ""), 400, 2002, "model"),
                bad("empty model", GOOD.replace("\"m\"", "\"\""), 400, 2002, "model"),
                bad("model a number", GOOD.replace("\"m\"", "7"), 400, 2002, "model"),
                bad("unknown model", GOOD.replace("\"m\"", "\"nobody\""), 404, 2004, "model"),
                bad(
                        "model of 10 KiB",
                        GOOD.replace("\"m\"", "\"" + "m".repeat(10 << 10) + "\""),
                        404,
                        2004,
                        "model"),
                bad("model a path", GOOD.replace("\"m\"", "\"../../etc\""), 404, 2004, "model"),
                bad(
                        "model with a control character",
                        GOOD.replace("\"m\"", "\"a\\u0000b\""),
                        404,
                        2004,
                        "model"),
                bad(
                        "model of another kind",
                        GOOD.replace("\"m\"", "\"painter\""),
                        400,
                        2005,
                        "model"),
                bad(
                        "an unknown tier",
                        with("\"service_tier\":\"gold\""),
                        400,
                        2002,
                        "service_tier"),
                bad("no messages", "{\"model\":\"m\"}", 400, 2002, "messages"),
                bad("messages null", messages("null"), 400, 2002, "messages"),
                bad("messages empty", messages("[]"), 400, 2002, "messages"),
                bad("messages a string", messages("\"hi\""), 400, 2002, "messages"),
                bad("10,000 messages", messages(manyMessages()), 400, 2011, "messages"),
                bad("a message null", messages("[null]"), 400, 2002, "messages[0]"),
                bad("a message a string", messages("[\"hi\"]"), 400, 2002, "messages[0]"),
                bad("role root", GOOD.replace("user", "root"), 400, 2002, "messages[0].role"),
                bad("no role", messages("[{\"content\":\"hi\"}]"), 400, 2002, "messages[0].role"),
                bad(
                        "content null",
                        GOOD.replace("\"hi\"", "null"),
                        400,
                        2002,
                        "messages[0].content"),
                bad(
                        "content a number",
                        GOOD.replace("\"hi\"", "5"),
                        400,
                        2002,
                        "messages[0].content"),
                bad(
                        "content empty",
                        GOOD.replace("\"hi\"", "\"\""),
                        400,
                        2002,
                        "messages[0].content"),
                bad(
                        "content an object",
                        GOOD.replace("\"hi\"", "{}"),
                        400,
                        2002,
                        "messages[0].content"),
                bad(
                        "a picture that is none",
                        parts(
                                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}"),
                        400,
                        2013,
                        "messages[0].content[0].image_url.url"),
                bad(
                        "a picture of a private host",
                        parts(
                                "{\"type\":\"image_url\",\"image_url\":\"http://127.0.0.1:1/a.png\"}"),
                        400,
                        2012,
                        "messages[0].content[0].image_url"),
                bad(
                        "a picture without its URL",
                        parts("{\"type\":\"image_url\",\"image_url\":{}}"),
                        400,
                        2002,
                        "messages[0].content[0].image_url.url"),
                bad(
                        "a picture of an unknown detail",
                        parts(
                                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:a\",\"detail\":\"most\"}}"),
                        400,
                        2002,
                        "messages[0].content[0].image_url.detail"),
                bad(
                        "a picture for a model that sees none",
                        parts(
                                        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://127.0.0.1:1/a.png\"}}")
                                .replace("\"m\"", "\"ORG/NAME\""),
                        400,
                        2002,
                        "messages[0].content[0]"),
                bad(
                        "audio without data",
                        parts("{\"type\":\"input_audio\"}"),
                        400,
                        2002,
                        "messages[0].content[0].input_audio"),
                bad(
                        "audio that is no WAV",
                        parts(
                                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}"),
                        400,
                        2002,
                        "messages[0].content[0].input_audio.data"),
                bad(
                        "a file that Holt does not keep",
                        parts("{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}"),
                        400,
                        2002,
                        "messages[0].content[0].file.file_id"),
                bad(
                        "a part of an unknown type",
                        parts("{\"type\":\"video_url\"}"),
                        400,
                        2002,
                        "messages[0].content[0].type"),
                bad(
                        "prompt over the context",
                        GOOD.replace("hi", "x".repeat(TestCatalog.CONTEXT * 16 + 1)),
                        400,
                        2011,
                        "messages"),
                bad(
                        "prompt of 19 MiB",
                        GOOD.replace("hi", "x".repeat(19 << 20)),
                        400,
                        2011,
                        "messages"),
                bad("a part null", parts("null"), 400, 2002, "messages[0].content[0]"),
                bad("a part a string", parts("\"hi\""), 400, 2002, "messages[0].content[0]"),
                bad("a part of no type", parts("{}"), 400, 2002, "messages[0].content[0].type"),
                bad(
                        "a part without its text",
                        parts("{\"type\":\"text\"}"),
                        400,
                        2002,
                        "messages[0].content[0].text"),
                bad("no parts", parts(""), 400, 2002, "messages[0].content"),
                bad("role empty", GOOD.replace("user", ""), 400, 2002, "messages[0].role"),
                bad("role a number", GOOD.replace("\"user\"", "1"), 400, 2002, "messages[0].role"),
                bad("model blank", GOOD.replace("\"m\"", "\" \""), 400, 2002, "model"),
                bad("model null", GOOD.replace("\"m\"", "null"), 400, 2002, "model"),
                bad("max_tokens -1", with("\"max_tokens\":-1"), 400, 2002, "max_tokens"),
                bad("max_tokens 2^31", with("\"max_tokens\":2147483648"), 400, 2002, "max_tokens"),
                bad(
                        "max_tokens 2^65",
                        with("\"max_tokens\":36893488147419103232"),
                        400,
                        2002,
                        "max_tokens"),
                bad("max_tokens \"ten\"", with("\"max_tokens\":\"ten\""), 400, 2002, "max_tokens"),
                bad("max_tokens \"10\"", with("\"max_tokens\":\"10\""), 400, 2002, "max_tokens"),
                bad("max_tokens 1.5", with("\"max_tokens\":1.5"), 400, 2002, "max_tokens"),
                bad(
                        "max_completion_tokens -1",
                        with("\"max_completion_tokens\":-1"),
                        400,
                        2002,
                        "max_completion_tokens"),
                bad("5 stops", with("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]"), 400, 2002, "stop"),
                bad("an empty stop among stops", with("\"stop\":[\"a\",\"\"]"), 400, 2002, "stop"),
                bad("stop a number", with("\"stop\":5"), 400, 2002, "stop"),
                bad("stream \"yes\"", with("\"stream\":\"yes\""), 400, 2002, "stream"),
                bad(
                        "stream_options a string",
                        with("\"stream_options\":\"all\""),
                        400,
                        2002,
                        "stream_options"),
                bad(
                        "tools for a model without them",
                        with("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")
                                .replace("\"m\"", "\"ORG/NAME\""),
                        400,
                        2002,
                        "tools"),
                bad(
                        "a tool without a function",
                        with("\"tools\":[{\"type\":\"function\"}]"),
                        400,
                        2002,
                        "tools[0].function"),
                bad(
                        "a tool choice without tools",
                        with("\"tool_choice\":\"required\""),
                        400,
                        2002,
                        "tool_choice"),
                bad(
                        "response_format",
                        with("\"response_format\":{\"type\":\"json_object\"}")
                                .replace("\"m\"", "\"ORG/NAME\""),
                        400,
                        2002,
                        "response_format"));
    }

    private static BadInput bad(String name, String body, int status, int code, String param) {
        return new BadInput(name, RawClient.chat(body), status, code, param);
    }

    static String messages(String messages) {
        return "{\"model\":\"m\",\"messages\":" + messages + "}";
    }

    private static String parts(String parts) {
        return GOOD.replace("\"hi\"", "[" + parts + "]");
    }

    private static String manyMessages() {
        return Stream.generate(() -> "{\"role\":\"user\",\"content\":\"x\"}")
                .limit(10_000)
                .collect(Collectors.joining(",", "[", "]"));
    }
}

package holt.api.http;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RawClient.get;
import static holt.api.edge.RefusalContract.GOOD;
import static holt.api.edge.RefusalContract.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.api.chat.ChatInput;
import holt.api.edge.CheckReply;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What looks wrong and is not. */
class GoodInputIT {
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> transport() {
        byte[] body = bytes(GOOD);
        return Stream.of(
                arguments("a whole URL", get("http://x/v1/models")),
                arguments("HTTP/1.0 without a host", bytes("GET /v1/models HTTP/1.0\r\n\r\n")),
                arguments(
                        "blank lines before it",
                        bytes("\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")),
                arguments("a query", get("/v1/models?a=b&c")),
                arguments(
                        "a body where none is wanted",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")),
                arguments(
                        "a charset",
                        bytes(
                                post(
                                                "application/json; charset=UTF-8",
                                                "Content-Length: " + body.length)
                                        + GOOD)),
                arguments(
                        "chunks",
                        bytes(post("application/json", "Transfer-Encoding: chunked") + chunks())),
                arguments(
                        "asks before it sends",
                        bytes(
                                post(
                                                "application/json",
                                                "Expect: 100-continue\r\nContent-Length: "
                                                        + body.length)
                                        + GOOD)),
                arguments(
                        "an upgrade that nobody offers",
                        bytes(
                                "GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")),
                arguments(
                        "a header put into a request id",
                        bytes(
                                "GET /v1/models HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\nSet-Cookie: b=c\r\n\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transport")
    void isAnswered(String name, byte[] request) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(request).reply();

            CheckReply.success(reply);
            assertThat(reply.headers()).doesNotContainKey("set-cookie");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"chats", "sampling"})
    void isAChat(String name, String body) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        try (var client = new RawClient(server.port())) {
            CheckReply.success(client.send(chat(body)).reply());

            assertThat(server.queue().taken).hasSize(1);
        }
    }

    static Stream<Arguments> chats() {
        return Stream.of(
                arguments("byte order mark", "\ufeff" + GOOD),
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
                        ChatInput.messages(
                                "[{\"role\":\"system\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"hi\"}]")),
                arguments("every role", ChatInput.messages(everyRole())),
                arguments(
                        "text parts",
                        GOOD.replace(
                                "\"hi\"",
                                "[{\"type\":\"text\",\"text\":\"h\"},{\"type\":\"text\",\"text\":\"i\"}]")));
    }

    static Stream<Arguments> sampling() {
        return Stream.of(
                        values("temperature", "0", "2", "1e-9", "null"),
                        values("top_p", "0", "1", "0.001"),
                        values("top_k", "-1", "0", "1", "2147483647"),
                        values("min_p", "0", "1"),
                        values("frequency_penalty", "-2", "2", "0"),
                        values("presence_penalty", "-2", "2", "0"),
                        values("repetition_penalty", "0", "0.01", "1000"),
                        values("seed", "-9223372036854775808", "9223372036854775807"),
                        values("n", "0", "1", "128"),
                        values("logprobs", "true", "false", "true,\"top_logprobs\":20"),
                        values("top_logprobs", "0"),
                        values("logit_bias", "{}", "{\"0\":-100}", "{\"7\":100}", "null"))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> values(String param, String... values) {
        return Stream.of(values)
                .map(value -> "\"" + param + "\":" + value)
                .map(field -> arguments(field, with(field)));
    }

    private static String post(String contentType, String length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + contentType
                + "\r\n"
                + length
                + "\r\n\r\n";
    }

    /** Of a byte each, with an extension and a trailer. */
    private static String chunks() {
        return GOOD.chars()
                .mapToObj(c -> "1;a=b\r\n" + (char) c + "\r\n")
                .collect(Collectors.joining("", "", "0\r\nX-A: b\r\n\r\n"));
    }

    private static String everyRole() {
        return Set.of("system", "developer", "user", "assistant", "tool", "function").stream()
                .map(role -> "{\"role\":\"" + role + "\",\"content\":\"x\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}

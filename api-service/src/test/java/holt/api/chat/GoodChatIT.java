package holt.api.chat;

import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RefusalContract.GOOD;
import static holt.api.edge.RefusalContract.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chats that look wrong and are valid. */
class GoodChatIT {
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"chats", "sampling"})
    void isAnswered(String name, String body) throws IOException {
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
                arguments("an empty message of the user", empty("user")),
                arguments("an empty message of the assistant", empty("assistant")),
                arguments("an empty message of a tool", empty("tool")),
                arguments(
                        "a message without parts",
                        ChatInput.messages(
                                "[{\"role\":\"system\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":[]}]")),
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

    /** The message is empty. Another one has text. */
    private static String empty(String role) {
        return ChatInput.messages(
                "[{\"role\":\"system\",\"content\":\"hi\"},{\"role\":\""
                        + role
                        + "\",\"content\":\"\"}]");
    }

    private static String everyRole() {
        return Set.of("system", "developer", "user", "assistant", "tool", "function").stream()
                .map(role -> "{\"role\":\"" + role + "\",\"content\":\"x\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource({
        "auto,default",
        "default,default",
        "scale,default",
        "flex,flex",
        "priority,priority"
    })
    void saysWhichTierServesTheRequest(String asked, String tier) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        String wanted = "\"service_tier\":\"" + asked + "\"";
        String field = "\"service_tier\":\"" + tier + "\"";

        assertThat(answer(with(wanted))).contains(field);
        assertThat(answer(with(wanted + ",\"stream\":true")).split(field, -1))
                .hasSizeGreaterThan(3);
        assertThat(answer(with("\"service_tier\":\"\""))).doesNotContain("service_tier");
    }

    private static String answer(String body) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(chat(body)).reply().body();
        }
    }
}

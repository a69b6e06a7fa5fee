package holt.api;

import static holt.api.RawClient.bytes;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are no JSON object, or one that is meant to hurt. */
class JsonInputIT extends RefusalContract {
    static Stream<Arguments> json() {
        return Stream.of(
                        arguments("empty", ""),
                        arguments("null", "null"),
                        arguments("array", "[]"),
                        arguments("string", "\"x\""),
                        arguments("trailing comma", "{\"model\":\"m\",}"),
                        arguments("trailing garbage", GOOD + "x"),
                        arguments("a second object", GOOD + GOOD),
                        arguments("cut off", GOOD.substring(0, 20)),
                        arguments("duplicate keys", "{\"model\":\"m\"," + GOOD.substring(1)),
                        arguments(
                                "duplicate keys in an unknown field",
                                with("\"x\":{\"a\":1,\"a\":2}")),
                        arguments(
                                "depth 10,000",
                                with("\"x\":" + "[".repeat(10_000) + "]".repeat(10_000))),
                        arguments("a number of 1 MiB", with("\"x\":" + "1".repeat(1 << 20))),
                        arguments("1e999999", with("\"temperature\":1e999999")),
                        arguments("1e999999 in an unknown field", with("\"x\":1e999999")),
                        arguments("NaN", with("\"temperature\":NaN")),
                        arguments("Infinity", with("\"temperature\":Infinity")),
                        arguments("lone surrogate", GOOD.replace("hi", "\\ud800")),
                        arguments("lone low surrogate", GOOD.replace("hi", "\\ude00x")),
                        arguments("lone surrogate in a name", with("\"\\ud800\":1")),
                        arguments("raw control character", GOOD.replace("hi", "\n")),
                        arguments("single quotes", GOOD.replace('"', '\'')),
                        arguments("comment", GOOD.replace("{", "/**/{")),
                        arguments("a million keys", manyKeys()))
                .map(row ->
                        arguments(
                                row.get()[0],
                                ((String) row.get()[1]).getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<Arguments> jsonBytes() {
        return Stream.of(
                arguments("invalid UTF-8", bytes(GOOD.replace("hi", "\u00ff"))),
                arguments("overlong UTF-8", bytes(GOOD.replace("hi", "\u00c0\u00af"))),
                arguments("surrogate in UTF-8", bytes(GOOD.replace("hi", "\u00ed\u00a0\u0080"))),
                arguments("cut UTF-8", bytes(GOOD + "\u00c3")),
                arguments("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"json", "jsonBytes"})
    void refusesBodiesThatAreNotJson(String name, byte[] body) throws IOException {
        refused(RawClient.post("/v1/chat/completions", body), 400, 2001);
    }

    private static String manyKeys() {
        return IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"k" + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }
}

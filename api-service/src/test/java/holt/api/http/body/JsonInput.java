package holt.api.http.body;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RefusalContract.GOOD;
import static holt.api.edge.RefusalContract.with;

import holt.api.edge.BadInput;
import holt.api.edge.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bodies that are no valid JSON object, or that attack the parser. */
final class JsonInput {
    /** One character of two chars. A message that quotes only one of them is not valid UTF-8. */
    private static final String OTTER = "\ud83e\udda6";

    private JsonInput() {}

    static Stream<BadInput> cases() {
        return Stream.of(
                bad("empty", ""),
                bad("null", "null"),
                bad("array", "[]"),
                bad("string", "\"x\""),
                bad("trailing comma", "{\"model\":\"m\",}"),
                bad("trailing garbage", GOOD + "x"),
                bad("a second object", GOOD + GOOD),
                bad("cut off", GOOD.substring(0, 20)),
                bad("duplicate keys", "{\"model\":\"m\"," + GOOD.substring(1)),
                bad("duplicate keys in an unknown field", with("\"x\":{\"a\":1,\"a\":2}")),
                bad("depth 10,000", with("\"x\":" + "[".repeat(10_000) + "]".repeat(10_000))),
                bad("a number of 1 MiB", with("\"x\":" + "1".repeat(1 << 20))),
                bad("1e999999", with("\"temperature\":1e999999")),
                bad("1e999999 in an unknown field", with("\"x\":1e999999")),
                bad("NaN", with("\"temperature\":NaN")),
                bad("Infinity", with("\"temperature\":Infinity")),
                bad("lone surrogate", GOOD.replace("hi", "\\ud800")),
                bad("lone low surrogate", GOOD.replace("hi", "\\ude00x")),
                bad("lone surrogate in a name", with("\"\\ud800\":1")),
                bad("raw control character", GOOD.replace("hi", "\n")),
                bad("single quotes", GOOD.replace('"', '\'')),
                bad("comment", GOOD.replace("{", "/**/{")),
                bad("a million keys", manyKeys()),
                bad("a key twice, once escaped", with("\"\\u006dodel\":\"m\"")),
                bad("a name of 1 MiB", with("\"" + "x".repeat(1 << 20) + "\":0")),
                bad(
                        "objects 10,000 deep",
                        with("\"x\":" + "{\"a\":".repeat(10_000) + "0" + "}".repeat(10_000))),
                bad("an otter for a value", with("\"x\":" + OTTER)),
                bad("many otters, unquoted", with("\"x\":" + "a" + OTTER.repeat(100))),
                bad("a name of otters twice", twice(OTTER.repeat(100))),
                bad("a name of otters and a letter twice", twice("a" + OTTER.repeat(100))),
                bad("a number with a leading zero", with("\"x\":01")),
                bad("a number with a plus", with("\"x\":+1")),
                bad("a number in hex", with("\"x\":0x1")),
                bad("a broken escape", GOOD.replace("hi", "\\x41")),
                bad("a broken unicode escape", GOOD.replace("hi", "\\u12")),
                bad("a string without its end", GOOD.substring(0, GOOD.length() - 5)),
                bad("a number", "1"),
                bad("white space", " \n\t "),
                bad("a byte order mark alone", "\ufeff"),
                bad("invalid UTF-8", bytes(GOOD.replace("hi", "\u00ff"))),
                bad("overlong UTF-8", bytes(GOOD.replace("hi", "\u00c0\u00af"))),
                bad("surrogate in UTF-8", bytes(GOOD.replace("hi", "\u00ed\u00a0\u0080"))),
                bad("cut UTF-8", bytes(GOOD + "\u00c3")),
                bad("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16)));
    }

    private static BadInput bad(String name, String body) {
        return bad(name, body.getBytes(StandardCharsets.UTF_8));
    }

    private static BadInput bad(String name, byte[] body) {
        byte[] request = RawClient.post("/v1/chat/completions", body);
        return new BadInput(name, request, 400, 2001, null);
    }

    private static String twice(String name) {
        return with("\"%s\":0,\"%s\":0".formatted(name, name));
    }

    private static String manyKeys() {
        return IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"k" + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }
}

package holt.engine.text.tools;

import java.util.Map;
import java.util.stream.Stream;

/** What models of each family write, and what it means. */
final class CallCases {
    static final Map<String, Map<?, ?>> FUNCTIONS =
            Map.of(
                    "now",
                    Map.of(),
                    "weather",
                    Map.of(
                            "properties",
                            Map.of(
                                    "city",
                                    Map.of("type", "string"),
                                    "days",
                                    Map.of("type", "integer"))));
    static final String CALL = "{\"name\": \"weather\", \"arguments\": {\"city\": \"Köln\"}}";
    static final String NOW = "{\"name\": \"now\", \"arguments\": {}}";
    private static final String OPEN = "<｜tool▁calls▁begin｜>";
    private static final String CLOSE = "<｜tool▁calls▁end｜>";

    private CallCases() {}

    /** @param expected text as it is, and calls as {@code name(arguments)} */
    record Case(CallFamily family, String output, String expected) {}

    static Stream<Case> all() {
        String weather = "weather({\"city\": \"Köln\"})";
        return Stream.of(
                // Hermes and Qwen
                hermes("Hello.", "Hello."),
                hermes("<tool_call>\n" + CALL + "\n</tool_call>", weather),
                hermes(
                        "Let me see.\n\n<tool_call>\n" + CALL + "\n</tool_call>\n",
                        "Let me see." + weather),
                hermes(
                        "<tool_call>" + CALL + "</tool_call>\n<tool_call>" + NOW + "</tool_call>",
                        weather + "now({})"),
                hermes("<tool_call>" + CALL + "</tool_call> Done.", weather + "Done."),
                hermes("<tool_call>" + CALL, weather),
                hermes("<tool_call>" + CALL + "\n</tool_", weather),
                hermes("<tool_call>" + CALL + "<tool_call>" + NOW, weather + "now({})"),
                hermes(
                        "<tool_call>{\"arguments\": {\"a\": {\"name\": \"x\"}}, \"name\": \"f\"}</tool_call>",
                        "f({\"a\": {\"name\": \"x\"}})"),
                hermes(
                        "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1}\"}</tool_call>",
                        "f({\"a\": 1})"),
                hermes("<tool_call>{\"name\": \"f\", \"arguments\": null}</tool_call>", "f({})"),
                hermes(
                        "<tool_call>{\"name\": \"f\", \"arguments\": {\"code\": \"</tool_call>\"}}</tool_call>",
                        "f({\"code\": \"</tool_call>\"})"),
                text(
                        CallFamily.HERMES,
                        "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": }}</tool_call>"),
                text(
                        CallFamily.HERMES,
                        "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1}</tool_call>"),
                text(CallFamily.HERMES, "<tool_call>{\"name\": \"f\"}</tool_call>"),
                text(CallFamily.HERMES, "<tool_call>{\"arguments\": {}}</tool_call>"),
                text(
                        CallFamily.HERMES,
                        "<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>"),
                text(
                        CallFamily.HERMES,
                        "<tool_call>{\"name\": \"f\", \"arguments\": \"now\"}</tool_call>"),
                text(CallFamily.HERMES, "<tool_call>\n<function=f>\n</function>\n</tool_call>"),
                text(CallFamily.HERMES, "a <tool_call>{\"name\": \"f\", \"argum"),
                text(CallFamily.HERMES, "a <tool"),
                text(CallFamily.HERMES, "x < y\n\n<tools>\n"),
                text(CallFamily.HERMES, CALL),
                hermes(
                        "<tool_call>oops <tool_call>" + NOW + "</tool_call>",
                        "<tool_call>oopsnow({})"),
                // Llama
                llama("{\"name\": \"weather\", \"parameters\": {\"city\": \"Köln\"}}", weather),
                llama(
                        "\n {\"type\": \"function\", \"name\": \"now\", \"parameters\": {}}\n",
                        "now({})"),
                llama("<|python_tag|>" + CALL, weather),
                llama("I look.\n<|python_tag|>" + CALL, "I look." + weather),
                llama(CALL + "; " + NOW, weather + "now({})"),
                llama("<|python_tag|>" + CALL + ";\n<|python_tag|>" + NOW, weather + "now({})"),
                text(CallFamily.LLAMA, "{\"name\": \"unknown\", \"parameters\": {}}"),
                text(CallFamily.LLAMA, "Text " + CALL),
                text(CallFamily.LLAMA, "{\"answer\": 42}"),
                text(CallFamily.LLAMA, "{\"name\": \"Bob\", \"age\": 3}"),
                text(CallFamily.LLAMA, "<|python_tag|>print(1)"),
                text(CallFamily.LLAMA, "[1] is a footnote"),
                text(CallFamily.LLAMA, "{"),
                // Mistral
                mistral("[TOOL_CALLS][" + CALL + "]", weather),
                mistral("[TOOL_CALLS] [" + CALL + ", " + NOW + "]", weather + "now({})"),
                mistral("Wait.[TOOL_CALLS]" + CALL, "Wait." + weather),
                mistral(
                        "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {}, \"id\": \"abcdef123\"}]",
                        "f({})"),
                mistral("[TOOL_CALLS]now[ARGS]{}", "now({})"),
                mistral(
                        "[TOOL_CALLS]now{}[TOOL_CALLS]f[CALL_ID]a1[ARGS]{\"b\": 2}",
                        "now({})f({\"b\": 2})"),
                text(CallFamily.MISTRAL, "[TOOL_CALLS]"),
                text(CallFamily.MISTRAL, "[TOOL_CALLS][]"),
                text(CallFamily.MISTRAL, "[TOOL_CALLS][" + CALL + ", 3]"),
                text(CallFamily.MISTRAL, "[TOOL_CALLS][" + CALL),
                text(CallFamily.MISTRAL, "[TOOL_CALLS]now please"),
                text(CallFamily.MISTRAL, "[" + CALL + "]"),
                // JSON
                json(CALL, weather),
                json(CALL + "\n" + NOW, weather + "now({})"),
                json("[" + CALL + "," + NOW + "]", weather + "now({})"),
                json("```json\n" + CALL + "\n```", weather),
                json("I call:\n```json\n" + NOW + "\n```\nDone.", "I call:now({})Done."),
                json("{\"type\": \"function\", \"function\": " + NOW + "}", "now({})"),
                text(CallFamily.JSON, "```json\n{\"name\": \"Bob\", \"arguments\": {}}\n```"),
                text(CallFamily.JSON, "```json\n{\"a\": 1}\n```"),
                text(CallFamily.JSON, "  {\"name\": \"weather\"}"),
                // Qwen3-Coder
                coder(xml("<parameter=city>\nKöln\n</parameter>\n"), weather),
                coder("I look.\n\n" + xml("") + "\n" + xml(""), "I look.weather({})weather({})"),
                coder(
                        xml(
                                "<parameter=city>\n\na\n\n</parameter>\n<parameter=days>\n3\n</parameter>\n"),
                        "weather({\"city\": \"\\na\\n\", \"days\": 3})"),
                coder(
                        xml("<parameter=city>\n<b> \"</function>\n</parameter>\n"),
                        "weather({\"city\": \"<b> \\\"</function>\"})"),
                coder(
                        "<tool_call><function=now></function></tool_call><tool_call><function=f><parameter=a>b</parameter></function>",
                        "now({})f({\"a\": \"b\"})"),
                coder("<tool_call>\n" + CALL + "\n</tool_call>", weather),
                text(CallFamily.QWEN_CODER, "<tool_call>\n<function=now>\n</tool_call>"),
                text(CallFamily.QWEN_CODER, "<tool_call>\n<function=now>\n<parameter=a>\nb"),
                text(CallFamily.QWEN_CODER, "<tool_call>\n<function=now>\n</function> and more"),
                text(CallFamily.QWEN_CODER, "<function=now>\n</function>"),
                text(CallFamily.QWEN_CODER, "<tool_call>now</tool_call>"),
                coder("<tool_call>oops " + xml(""), "<tool_call>oopsweather({})"),
                // DeepSeek
                deepSeek(OPEN + v3("weather", "{\"city\": \"Köln\"}") + CLOSE, weather),
                deepSeek(
                        "I look." + OPEN + v3("now", "{}") + "\n" + v3("now", "{}") + CLOSE + "\n",
                        "I look.now({})now({})"),
                deepSeek(
                        OPEN + v31("now", "{}") + v31("function", "{}") + CLOSE,
                        "now({})function({})"),
                deepSeek(OPEN + v31("weather", "{\"city\": \"Köln\"}"), weather),
                deepSeek(OPEN + "\n" + v3("now", "{}") + CLOSE + "Done.", "now({})Done."),
                deepSeek(OPEN + v3("now", "{}").replace("```json", ""), "now({})"),
                deepSeek(CALL, weather),
                text(CallFamily.DEEPSEEK, OPEN + CLOSE),
                text(CallFamily.DEEPSEEK, OPEN + v3("now", "{oops}") + CLOSE),
                text(CallFamily.DEEPSEEK, OPEN + v3("now", "[1]") + CLOSE),
                text(CallFamily.DEEPSEEK, OPEN + "<｜tool▁call▁begin｜>function<｜tool▁sep｜>no"),
                text(CallFamily.DEEPSEEK, v3("now", "{}")),
                text(CallFamily.DEEPSEEK, "a <｜tool▁cal"));
    }

    private static String v3(String name, String arguments) {
        return "<｜tool▁call▁begin｜>function<｜tool▁sep｜>"
                + name
                + "\n```json\n"
                + arguments
                + "\n```<｜tool▁call▁end｜>";
    }

    private static String v31(String name, String arguments) {
        return "<｜tool▁call▁begin｜>" + name + "<｜tool▁sep｜>" + arguments + "<｜tool▁call▁end｜>";
    }

    private static String xml(String parameters) {
        return "<tool_call>\n<function=weather>\n" + parameters + "</function>\n</tool_call>";
    }

    private static Case coder(String output, String expected) {
        return new Case(CallFamily.QWEN_CODER, output, expected);
    }

    private static Case deepSeek(String output, String expected) {
        return new Case(CallFamily.DEEPSEEK, output, expected);
    }

    private static Case hermes(String output, String expected) {
        return new Case(CallFamily.HERMES, output, expected);
    }

    private static Case llama(String output, String expected) {
        return new Case(CallFamily.LLAMA, output, expected);
    }

    private static Case mistral(String output, String expected) {
        return new Case(CallFamily.MISTRAL, output, expected);
    }

    private static Case json(String output, String expected) {
        return new Case(CallFamily.JSON, output, expected);
    }

    private static Case text(CallFamily family, String output) {
        return new Case(family, output, output);
    }
}

package holt.engine.text.tools;

import static holt.engine.text.tools.CallCases.CALL;
import static holt.engine.text.tools.CallCases.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutputParserTest {
    private static final Map<String, Map<?, ?>> FUNCTIONS = CallCases.FUNCTIONS;

    static Stream<CallCases.Case> cases() {
        return CallCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void callsAreFoundAndWhatIsMalformedStaysText(CallCases.Case each) {
        assertThat(show(parse(parser(each.family()), List.of(each.output()))))
                .isEqualTo(each.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSplitAtAnyPositionGivesTheSame(CallCases.Case each) {
        String output = each.output();
        List<Piece> whole = parse(parser(each.family()), List.of(output));
        for (int i = 0; i <= output.length(); i++) {
            assertThat(
                            parse(
                                    parser(each.family()),
                                    List.of(output.substring(0, i), output.substring(i))))
                    .as("split at " + i)
                    .isEqualTo(whole);
        }
        assertThat(
                        parse(
                                parser(each.family()),
                                output.chars().mapToObj(Character::toString).toList()))
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource
    void randomOutputsGiveTheSameHoweverTheyAreSplit(CallFamily family) {
        List<String> parts =
                List.of(
                        family.opener(),
                        family.closer(),
                        CALL,
                        NOW,
                        "<think>",
                        "</think>",
                        "[",
                        "]",
                        "{",
                        "}",
                        " ",
                        "\n",
                        "text",
                        "\"",
                        ",",
                        ";",
                        "weather",
                        "[ARGS]",
                        "<function=now>",
                        "<parameter=city>",
                        "</parameter>",
                        "</function>",
                        "<｜tool▁call▁begin｜>",
                        "function<｜tool▁sep｜>",
                        "<｜tool▁sep｜>",
                        "```json",
                        "<｜tool▁call▁end｜>",
                        "{\"name\": \"now\", ");
        Random random = new Random(family.ordinal());
        for (int i = 0; i < 2000; i++) {
            boolean thinking = random.nextBoolean();
            StringBuilder output = new StringBuilder();
            for (int j = random.nextInt(9); j >= 0; j--) {
                output.append(parts.get(random.nextInt(parts.size())));
            }
            List<String> split = new ArrayList<>();
            for (int start = 0; start < output.length(); ) {
                int end = Math.min(output.length(), start + 1 + random.nextInt(6));
                split.add(output.substring(start, end));
                start = end;
            }
            OutputFormat format = new OutputFormat(true, family);
            List<Piece> pieces = parse(OutputParser.of(format, thinking, FUNCTIONS), split);
            assertThat(pieces)
                    .as(output.toString())
                    .isEqualTo(
                            parse(
                                    OutputParser.of(format, thinking, FUNCTIONS),
                                    List.of(output.toString())));
            assertThat(pieces.stream().mapToInt(Piece::raw).sum()).isEqualTo(output.length());
        }
    }

    @Test
    void textIsPublishedAtOnceButForWhatMayBecomeACall() {
        OutputParser parser = parser(CallFamily.HERMES);
        assertThat(parser.append("Hello")).containsExactly(new Piece.Text("Hello"));
        assertThat(parser.append(" <tool")).isEmpty();
        assertThat(parser.append("s> \n")).containsExactly(new Piece.Text(" <tools>"));
        assertThat(parser.append("<tool_call>{")).isEmpty();
        assertThat(parser.append("a"))
                .containsExactly(new Piece.Text(" \n<tool_call>"), new Piece.Text("{a"));
    }

    @Test
    void aJsonAnswerThatIsNoCallIsPublishedFromItsFirstKeyOn() {
        OutputParser parser = parser(CallFamily.JSON);
        assertThat(parser.append("{\"")).isEmpty();
        assertThat(show(parser.append("answer"))).isEqualTo("{\"answer");
    }

    @Test
    void withoutFunctionsACallIsText() {
        String output = "<tool_call>" + CALL + "</tool_call>";
        OutputParser parser =
                OutputParser.of(new OutputFormat(false, CallFamily.HERMES), false, Map.of());
        assertThat(parser.append(output)).containsExactly(new Piece.Text(output));
        assertThat(parser.finish()).isEmpty();
    }

    static Stream<List<String>> thoughts() {
        return Stream.of(
                List.of("<think>\nhm\n</think>\n\nYes.", "(hm)Yes.", "(hm)Yes."),
                List.of("<think>\n\n</think>\n\nYes.", "Yes.", "Yes."),
                List.of("hm\n</think>\n\nYes.", "hm\n</think>\n\nYes.", "(hm)Yes."),
                List.of("Yes. <think>x</think>", "Yes. <think>x</think>", "(Yes. <think>x)"),
                List.of("<think>a </thin b\n", "(a </thin b)", "(a </thin b)"),
                List.of("\n<thi", "\n<thi", "(\n<thi)"),
                List.of("<think>", "", ""),
                List.of(
                        "<think>a<think>b</think>c</think>",
                        "(a<think>b)c</think>",
                        "(a<think>b)c</think>"),
                List.of(
                        "<think><tool_call></think>\n<tool_call>" + NOW + "</tool_call>",
                        "(<tool_call>)now({})",
                        "(<tool_call>)now({})"));
    }

    /** Each case: the output, and what it means after a prompt without and with an open tag. */
    @ParameterizedTest
    @MethodSource("thoughts")
    void reasoningIsWhatStandsBetweenThinkTags(List<String> each) {
        OutputFormat format = new OutputFormat(true, CallFamily.HERMES);
        List<String> characters = each.get(0).chars().mapToObj(Character::toString).toList();
        for (List<String> split : List.of(List.of(each.get(0)), characters)) {
            assertThat(show(parse(OutputParser.of(format, false, FUNCTIONS), split)))
                    .isEqualTo(each.get(1));
            assertThat(show(parse(OutputParser.of(format, true, FUNCTIONS), split)))
                    .isEqualTo(each.get(2));
        }
    }

    @Test
    void theFamilyAndTheTagsAreThoseOfTheTemplate() {
        assertThat(OutputFormat.of("... <think> </think> <tool_call>", null))
                .isEqualTo(new OutputFormat(true, CallFamily.HERMES));
        assertThat(CallFamily.of("<tool_call>\n<function=example>"))
                .isEqualTo(CallFamily.QWEN_CODER);
        assertThat(CallFamily.of("<tools></tools> <｜tool▁calls▁begin｜>"))
                .isEqualTo(CallFamily.DEEPSEEK);
        assertThat(CallFamily.of("[TOOL_CALLS]")).isEqualTo(CallFamily.MISTRAL);
        assertThat(CallFamily.of("<|python_tag|>")).isEqualTo(CallFamily.LLAMA);
        assertThat(CallFamily.of("\", \"parameters\": ")).isEqualTo(CallFamily.LLAMA);
        assertThat(CallFamily.of("<|im_start|>")).isEqualTo(CallFamily.JSON);
        assertThat(OutputFormat.of("<tool_call>", CallFamily.JSON).family())
                .isEqualTo(CallFamily.JSON);
        OutputFormat format = new OutputFormat(true, CallFamily.JSON);
        assertThat(format.opensReasoning("...<think>\n")).isTrue();
        assertThat(format.opensReasoning("...<think>\n\n</think>\n\n")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theSyntaxOfAFamilyIsOneThatItsParserReads(CallFamily family) {
        String output = family.syntax().of("now", "{\"a\": 1}");

        assertThat(show(parse(parser(family), List.of(output)))).isEqualTo("now({\"a\": 1})");
    }

    private static OutputParser parser(CallFamily family) {
        return OutputParser.of(new OutputFormat(false, family), false, FUNCTIONS);
    }

    /** The pieces, neighbours of a kind as one. */
    private static List<Piece> parse(OutputParser parser, List<String> output) {
        List<Piece> pieces = new ArrayList<>();
        output.forEach(text -> pieces.addAll(parser.append(text)));
        pieces.addAll(parser.finish());
        List<Piece> merged = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece last = merged.isEmpty() ? null : merged.getLast();
            if (last instanceof Piece.Text(String a) && piece instanceof Piece.Text(String b)) {
                merged.set(merged.size() - 1, new Piece.Text(a + b));
            } else if (last instanceof Piece.Reasoning(String a)
                    && piece instanceof Piece.Reasoning(String b)) {
                merged.set(merged.size() - 1, new Piece.Reasoning(a + b));
            } else if (last instanceof Piece.Skipped(int a)
                    && piece instanceof Piece.Skipped(int b)) {
                merged.set(merged.size() - 1, new Piece.Skipped(a + b));
            } else {
                merged.add(piece);
            }
        }
        return merged;
    }

    /** Text as it is, reasoning in brackets, calls as {@code name(arguments)}. */
    private static String show(List<Piece> pieces) {
        StringBuilder shown = new StringBuilder();
        for (Piece piece : pieces) {
            shown.append(
                    switch (piece) {
                        case Piece.Text(String text) -> text;
                        case Piece.Reasoning(String text) -> "(" + text + ")";
                        case Piece.Call call -> call.name() + "(" + call.arguments() + ")";
                        case Piece.Skipped _ -> "";
                    });
        }
        return shown.toString();
    }
}

package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.tools.CallFamily;
import holt.engine.text.tools.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the engine makes of reasoning and calls. */
class ToolCallsTest {
    private static final int PLENTY = 1_000_000;
    private static final OutputFormat HERMES = new OutputFormat(true, CallFamily.HERMES);
    private static final ToolChoice AUTO = new ToolChoice.Auto();
    private static final List<String> CALL =
            List.of(
                    "Wait",
                    ".\n",
                    "<tool",
                    "_call>",
                    "{\"name\": \"f\",",
                    " \"arguments\": {\"a\"",
                    ": 1}}",
                    "</tool_call>");
    private static final String CALL_TEXT = String.join("", CALL);

    @Test
    void aCallComesInPartsAfterTheText() throws Exception {
        List<TextEvent> events = answer(HERMES, Set.of(), CALL, request(AUTO));

        String id = CallIds.of(CallFamily.HERMES, request(AUTO).turns(), 0, 0);
        assertThat(id).matches("call_[0-9a-f]{24}");
        assertThat(events)
                .containsExactly(
                        new TextEvent.Started(1),
                        new TextEvent.Delta(0, "Wait", 1, List.of()),
                        new TextEvent.Delta(0, ".", 1, List.of()),
                        new TextEvent.ToolCallPart(0, 0, id, "f", "", 6),
                        new TextEvent.ToolCallPart(0, 0, null, null, "{\"a\": 1}", 0),
                        new TextEvent.Finished(List.of(FinishReason.TOOL_CALLS), 1, 9));
    }

    @Test
    void aCallHasTheSameIdInEachRunAndItsOwnInEachChoice() throws Exception {
        TextRequest request = request(PLENTY, List.of(), 2, null, AUTO);

        List<String> ids = ids(answer(HERMES, Set.of(), CALL, request));

        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(ids(answer(HERMES, Set.of(), CALL, request))).containsExactlyElementsOf(ids);
    }

    @Test
    void aCallCutOffAtTheTokenLimitIsText() throws Exception {
        TextRequest request = request(5, List.of(), 1, null, AUTO);

        List<TextEvent> events = answer(HERMES, Set.of(), CALL, request);

        assertThat(text(events)).isEqualTo("Wait.\n<tool_call>{\"name\": \"f\",");
        assertThat(events)
                .last()
                .isEqualTo(new TextEvent.Finished(List.of(FinishReason.LENGTH), 1, 5));
    }

    @Test
    void aCallIsTextIfTheRequestHasNoToolsOrWantsNone() throws Exception {
        TextRequest none = request(new ToolChoice.None());
        TextRequest without = none.withTools(List.of(), AUTO);

        for (TextRequest request : List.of(none, without)) {
            List<TextEvent> events = answer(HERMES, Set.of(), CALL, request);

            assertThat(text(events)).isEqualTo(CALL_TEXT);
            assertThat(events)
                    .last()
                    .isEqualTo(new TextEvent.Finished(List.of(FinishReason.STOP), 1, 9));
        }
    }

    @Test
    void reasoningIsNoTextAndItsTokensCount() throws Exception {
        List<String> script = List.of("<think>", "\nhm", "\n</think>", "\n\n", "Yes");

        List<TextEvent> events =
                answer(HERMES, Set.of(), script, request(AUTO).withTools(List.of(), AUTO));

        assertThat(events)
                .containsExactly(
                        new TextEvent.Started(1),
                        new TextEvent.Reasoning(0, "hm", 2),
                        new TextEvent.Delta(0, "Yes", 3, List.of()),
                        new TextEvent.Finished(List.of(FinishReason.STOP), 1, 6));
    }

    @Test
    void aMarkerMayBeASpecialToken() throws Exception {
        List<String> script =
                List.of("Hi", "[TOOL_CALLS]", "[{\"name\": \"f\", ", "\"arguments\": {}}]");
        OutputFormat mistral = new OutputFormat(false, CallFamily.MISTRAL);
        Set<String> special = Set.of("[TOOL_CALLS]");

        List<TextEvent> events = answer(mistral, special, script, request(AUTO));
        List<TextEvent> none = answer(mistral, special, script, request(new ToolChoice.None()));

        assertThat(text(events)).isEqualTo("Hi");
        assertThat(ids(events)).singleElement().asString().matches("[0-9a-z]{9}");
        assertThat(text(none)).isEqualTo("Hi[{\"name\": \"f\", \"arguments\": {}}]");
    }

    @Test
    void scoresAreThoseOfTheTextAlone() throws Exception {
        List<String> script = new ArrayList<>(List.of("<think>", "hm", "</think>"));
        script.addAll(CALL);

        List<TextEvent> events =
                answer(HERMES, Set.of(), script, request(PLENTY, List.of(), 1, 0, AUTO));

        assertThat(
                        events.stream()
                                .filter(TextEvent.Delta.class::isInstance)
                                .map(TextEvent.Delta.class::cast))
                .flatExtracting(TextEvent.Delta::scores)
                .extracting(scores -> scores.chosen().token().text())
                .containsExactly("Wait");
    }

    @Test
    void aStopStringEndsTheAnswerBeforeItsCall() throws Exception {
        TextRequest request = request(PLENTY, List.of("<tool_call>"), 1, null, AUTO);

        List<TextEvent> events = answer(HERMES, Set.of(), CALL, request);

        assertThat(text(events)).isEqualTo("Wait.\n");
        assertThat(events)
                .last()
                .isEqualTo(new TextEvent.Finished(List.of(FinishReason.STOP), 1, 4));
    }

    private static TextRequest request(ToolChoice choice) {
        return request(PLENTY, List.of(), 1, null, choice);
    }

    private static TextRequest request(
            int maxTokens,
            List<String> stop,
            int choices,
            @Nullable Integer scores,
            ToolChoice choice) {
        return new TextRequest(
                        new RequestId("a"),
                        List.of(new ChatTurn("user", "Hello")),
                        Sampling.GREEDY,
                        maxTokens,
                        stop,
                        1,
                        choices,
                        scores)
                .withTools(
                        List.of(Map.of("type", "function", "function", Map.of("name", "f"))),
                        choice);
    }

    private static List<TextEvent> answer(
            OutputFormat format, Set<String> special, List<String> script, TextRequest request)
            throws Exception {
        var decoder = new FakeDecoder();
        decoder.permits.release(PLENTY);
        var info =
                new TextModelInfo("fake", "Fake", 0, decoder.contextLength(), 1, "fp32", "cpu", 2);
        var events = new RecordedEvents();
        try (var engine =
                new BatchingTextEngine(
                                info, decoder, new ScriptedTokenizer(format, special, script), 8)
                        .start()) {
            engine.submit(request, events);
            events.end();
        }
        return events.all();
    }

    private static String text(List<TextEvent> events) {
        StringBuilder text = new StringBuilder();
        for (TextEvent event : events) {
            if (event instanceof TextEvent.Delta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    private static List<String> ids(List<TextEvent> events) {
        return events.stream()
                .flatMap(event ->
                        event instanceof TextEvent.ToolCallPart part
                                ? Stream.ofNullable(part.id())
                                : Stream.empty())
                .toList();
    }
}

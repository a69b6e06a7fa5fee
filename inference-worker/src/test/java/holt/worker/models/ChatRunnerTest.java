package holt.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.text.ChatTurn;
import holt.engine.text.FinishReason;
import holt.engine.text.TextEvent;
import holt.engine.text.TextRequest;
import holt.engine.text.ToolChoice;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.sampling.TokenScores;
import holt.engine.tokenizer.TokenText;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import holt.worker.TestJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChatRunnerTest {
    private static final Task.Sampling ALL =
            new Task.Sampling(
                    0.7, 0.9, 42L, 40, 0.05, new Task.Penalties(0.5, -0.5, 1.1), Map.of(7, 2.5));
    private static final TokenScores SCORES =
            new TokenScores(
                    new TokenScores.ScoredToken(new TokenText("Hi", List.of(72, 105)), -0.5),
                    List.of(new TokenScores.ScoredToken(new TokenText("<end>", null), -0.25)));
    private static final TokenLogprobs LOGPROBS =
            new TokenLogprobs(
                    new TokenLogprobs.TokenLogprob("Hi", -0.5, List.of(72, 105)),
                    List.of(new TokenLogprobs.TokenLogprob("<end>", -0.25, null)));

    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner = new ChatRunner(TestJobs.CHAT_MODEL, engine, 100);
    private final List<Reply> replies = new ArrayList<>();

    @Test
    void aStreamedChatSendsDeltasAndEndsWithTheWholeText() {
        ModelRunner.Running running = start(true, 5);

        engine.emit(
                new TextEvent.Started(3),
                delta(0, "Hel"),
                delta(0, "lo"),
                finished(FinishReason.LENGTH));

        assertThat(replies)
                .containsExactly(new Reply.TextDelta("Hel", 1), new Reply.TextDelta("lo", 1));
        assertThat(running.result().join().outcome())
                .isEqualTo(
                        new Outcome.ChatCompleted(
                                "Hello", Outcome.FinishReason.LENGTH, new Outcome.Usage(3, 2)));
    }

    @Test
    void aChatThatIsNotStreamedSendsNoDeltas() {
        ModelRunner.Running running = start(false, null);

        engine.emit(delta(0, "Hello"), finished(FinishReason.STOP));

        assertThat(replies).isEmpty();
        assertThat(running.result().join().outcome()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(engine.requests.getFirst().maxTokens()).isEqualTo(100);
        assertThat(engine.requests.getFirst().priority()).isEqualTo(Lane.NORMAL.ordinal());
    }

    @Test
    void noDeltaFollowsAnEarlyEnd() {
        engine.inStep = true;
        ModelRunner.Running running = start(true, null);

        running.end(new Outcome.Cancelled());
        engine.emit(delta(0, "late"), finished(FinishReason.STOP));

        assertThat(engine.cancelled).containsExactly("id");
        assertThat(replies).isEmpty();
        assertThat(running.result().join().outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aPromptThatDoesNotFitIsRefusedWithBothNumbers() {
        Outcome.Failed failed = failure(new EngineFailure.PromptTooLong("messages", 70, 64));

        assertThat(failed.reason()).isEqualTo(Failure.CONTEXT_LENGTH_EXCEEDED);
        assertThat(failed.message()).contains("messages", "70", "64");
    }

    @Test
    void aRefusedRequestNamesItsField() {
        Outcome.Failed unknown = failure(new EngineFailure.UnknownToken(70, 64));

        assertThat(unknown.reason()).isEqualTo(Failure.INVALID_VALUE);
        assertThat(unknown.param()).isEqualTo("logit_bias");
        assertThat(unknown.message()).contains("logit_bias", "70", "64");
        assertThat(failure(new EngineFailure.TemplateRefused("no")).param()).isEqualTo("messages");
        assertThat(failure(new EngineFailure.PromptTooLong("messages", 70, 64)).param())
                .isEqualTo("messages");
    }

    @Test
    void theRequestCarriesAllFieldsOfTheTask() {
        runner.start("id", Lane.HIGH, chat(true, 3, 2, ALL), replies::add);

        assertThat(engine.requests)
                .containsExactly(
                        new TextRequest(
                                new RequestId("id"),
                                List.of(new ChatTurn("user", "Hi")),
                                new Sampling(
                                        0.7,
                                        40,
                                        0.9,
                                        0.05,
                                        new Sampling.Penalties(0.5, -0.5, 1.1),
                                        Map.of(7, 2.5),
                                        42L),
                                5,
                                List.of("end"),
                                Lane.HIGH.ordinal(),
                                3,
                                2));
    }

    @Test
    void missingFieldsAreNeutral() {
        start(false, 5);

        assertThat(engine.requests.getFirst().sampling()).isEqualTo(Sampling.GREEDY);
        assertThat(engine.requests.getFirst().choices()).isEqualTo(1);
        assertThat(engine.requests.getFirst().topScores()).isNull();
    }

    @Test
    void severalAnswersCarryTheirNumbersAndEndTogether() {
        ModelRunner.Running running =
                runner.start("id", Lane.NORMAL, chat(true, 2, 1, ALL), replies::add);

        engine.emit(
                new TextEvent.Delta(1, "Hi", 1, List.of(SCORES)),
                delta(0, "Good"),
                delta(0, " day"),
                new TextEvent.Finished(List.of(FinishReason.LENGTH, FinishReason.STOP), 3, 5, 2));

        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("Hi", 1, 1, List.of(LOGPROBS)),
                        new Reply.TextDelta("Good", 1, 0, List.of()),
                        new Reply.TextDelta(" day", 1, 0, List.of()));
        assertThat(running.result().join().outcome())
                .isEqualTo(
                        Outcome.ChatCompleted.of(
                                List.of(
                                        new Outcome.Choice(
                                                "Good day", Outcome.FinishReason.LENGTH, List.of()),
                                        new Outcome.Choice(
                                                "Hi",
                                                Outcome.FinishReason.STOP,
                                                List.of(LOGPROBS))),
                                new Outcome.Usage(3, 5, 2)));
    }

    @Test
    void reasoningAndCallsArePartsOfTheAnswer() {
        ModelRunner.Running running = runner.start("id", Lane.NORMAL, withTools(), replies::add);

        engine.emit(
                new TextEvent.Reasoning(0, "Hm.", 2),
                delta(0, "I look."),
                new TextEvent.ToolCallPart(0, 0, "c1", "weather", "", 3),
                new TextEvent.ToolCallPart(0, 0, null, null, "{}", 0),
                finished(FinishReason.TOOL_CALLS));

        var call = new Reply.Part.Call(0, "c1", "weather");
        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("Hm.", 2, null, null, new Reply.Part.Reasoning()),
                        new Reply.TextDelta("I look.", 1),
                        new Reply.TextDelta("", 3, null, null, call),
                        new Reply.TextDelta("{}", 0, null, null, call));
        assertThat(running.result().join().outcome())
                .isEqualTo(
                        Outcome.ChatCompleted.of(
                                List.of(
                                        new Outcome.Choice(
                                                "I look.",
                                                Outcome.FinishReason.TOOL_CALLS,
                                                null,
                                                Outcome.AnswerParts.of(
                                                        "Hm.",
                                                        List.of(
                                                                new ToolCall(
                                                                        "c1", "weather", "{}"))))),
                                new Outcome.Usage(3, 2).withReasoning(2)));
    }

    @Test
    void aClientThatWantsOneCallGetsTheFirst() {
        Task.Chat chat = withTools();
        Tools one = new Tools(TOOLS.functions(), Tools.Choice.AUTO, null, false);
        ModelRunner.Running running =
                runner.start(
                        "id",
                        Lane.NORMAL,
                        new Task.Chat(
                                chat.messages(),
                                chat.sampling(),
                                null,
                                List.of(),
                                true,
                                null,
                                null,
                                one,
                                null,
                                null,
                                null),
                        replies::add);

        engine.emit(
                new TextEvent.ToolCallPart(0, 0, "c1", "weather", "", 3),
                new TextEvent.ToolCallPart(0, 0, null, null, "{}", 0),
                new TextEvent.ToolCallPart(0, 1, "c2", "weather", "", 3),
                new TextEvent.ToolCallPart(0, 1, null, null, "{}", 0),
                finished(FinishReason.TOOL_CALLS));

        assertThat(((Outcome.ChatCompleted) running.result().join().outcome()).choices())
                .singleElement()
                .extracting(Outcome.Choice::toolCalls)
                .isEqualTo(List.of(new ToolCall("c1", "weather", "{}")));
        assertThat(replies).hasSize(2);
    }

    @Test
    void toolsAndTheirHistoryReachTheEngine() {
        runner.start("id", Lane.NORMAL, withTools(), replies::add);

        TextRequest request = engine.requests.getLast();
        assertThat(request.tools()).isEqualTo(TOOLS.functions());
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("weather"));
        assertThat(request.templateArguments()).isEqualTo(Map.of("enable_thinking", false));
        assertThat(request.turns())
                .containsExactly(
                        new ChatTurn(
                                "assistant",
                                null,
                                "So.",
                                List.of(new holt.engine.text.ToolCall("c0", "weather", "{}")),
                                null,
                                null),
                        new ChatTurn("tool", "Sunny", null, List.of(), "c0", "weather"));
    }

    private static final Tools TOOLS =
            new Tools(
                    List.of(Map.of("function", Map.of("name", "weather"))),
                    Tools.Choice.REQUIRED,
                    "weather",
                    true);

    private static Task.Chat withTools() {
        return new Task.Chat(
                List.of(
                        new ChatMessage(
                                "assistant",
                                "",
                                "So.",
                                List.of(new ToolCall("c0", "weather", "{}")),
                                null,
                                null),
                        new ChatMessage("tool", "Sunny", null, null, "c0", "weather")),
                new Task.Sampling(1, 1, null),
                null,
                List.of(),
                true,
                null,
                null,
                TOOLS,
                null,
                Map.of("enable_thinking", false),
                null);
    }

    @Test
    void aBrokenDeviceMarksTheRunnerAndTheJobIsRetried() {
        assertThat(runner.broken()).isFalse();

        Outcome.Failed failed = failure(new EngineFailure.DeviceBroken("xid 79"));

        assertThat(failed.reason().retryable()).isTrue();
        assertThat(failed.message()).doesNotContain("xid");
        assertThat(runner.broken()).isTrue();
    }

    @Test
    void theTraceOfAFailureStaysOutOfTheAnswer() {
        ModelRunner.Running running = start(false, null);

        engine.emit(new TextEvent.Failed(new EngineFailure.Internal("stack trace")));

        assertThat(running.result().join().trace()).isEqualTo("stack trace");
        assertThat(((Outcome.Failed) running.result().join().outcome()).message())
                .doesNotContain("stack trace");
    }

    private Outcome.Failed failure(EngineFailure failure) {
        ModelRunner.Running running = start(false, null);
        engine.emit(new TextEvent.Failed(failure));
        return (Outcome.Failed) running.result().join().outcome();
    }

    private ModelRunner.Running start(boolean stream, @Nullable Integer maxTokens) {
        var chat =
                new Task.Chat(
                        List.of(new ChatMessage("user", "Hi")),
                        new Task.Sampling(0, 1, null),
                        maxTokens,
                        List.of(),
                        stream);
        return runner.start("id", Lane.NORMAL, chat, replies::add);
    }

    private static Task.Chat chat(boolean stream, int n, int topLogprobs, Task.Sampling sampling) {
        return new Task.Chat(
                List.of(new ChatMessage("user", "Hi")),
                sampling,
                5,
                List.of("end"),
                stream,
                n,
                topLogprobs,
                null,
                null,
                null,
                null);
    }

    private static TextEvent.Delta delta(int choice, String text) {
        return new TextEvent.Delta(choice, text, 1, List.of());
    }

    private static TextEvent.Finished finished(FinishReason reason) {
        return new TextEvent.Finished(List.of(reason), 3, 2);
    }
}

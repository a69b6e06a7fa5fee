package holt.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.text.FinishReason;
import holt.engine.text.RawPrompt;
import holt.engine.text.TextEvent;
import holt.engine.text.TextRequest;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.sampling.TokenScores;
import holt.engine.tokenizer.TokenText;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import holt.worker.TestJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompletionsOfChatRunnerTest {
    private static final Task.Sampling GREEDY = new Task.Sampling(0, 1, 7L);
    private static final TokenScores SCORES =
            new TokenScores(
                    new TokenScores.ScoredToken(new TokenText("Hi", List.of(72, 105)), -0.5),
                    List.of());
    private static final TokenLogprobs LOGPROBS =
            new TokenLogprobs(
                    new TokenLogprobs.TokenLogprob("Hi", -0.5, List.of(72, 105)), List.of());

    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner = new ChatRunner(TestJobs.CHAT_MODEL, engine, 100);
    private final List<Reply> replies = new ArrayList<>();

    @Test
    void eachPromptIsARequestWithAllFieldsOfTheTask() {
        start(task(List.of("a", "b"), false, 1));

        assertThat(engine.requests)
                .containsExactly(request("id-0", "a"), request("id-1", "b"))
                .allSatisfy(request -> assertThat(request.maxTokens()).isZero());
    }

    @Test
    @DisplayName("R115: the answers of the first prompt come first")
    void theAnswersComeInTheOrderOfThePrompts() {
        ModelRunner.Running running = start(task(List.of("a", "b"), true, 1));

        engine.emit("id-1", delta(0, "b0"), delta(1, "b1"), finished(FinishReason.STOP, 5));
        assertThat(running.result()).isNotDone();
        engine.emit("id-0", delta(1, "a1"), delta(0, "a0"), finished(FinishReason.LENGTH, 3));

        assertThat(replies)
                .containsExactly(
                        streamed(2, "b0"), streamed(3, "b1"), streamed(1, "a1"), streamed(0, "a0"));
        var completed = (Outcome.ChatCompleted) running.result().join().outcome();
        assertThat(completed.choices())
                .extracting(Outcome.Choice::content)
                .containsExactly("a0", "a1", "b0", "b1");
        assertThat(completed.choices())
                .extracting(Outcome.Choice::finishReason)
                .containsExactly(
                        Outcome.FinishReason.LENGTH,
                        Outcome.FinishReason.LENGTH,
                        Outcome.FinishReason.STOP,
                        Outcome.FinishReason.STOP);
        assertThat(completed.logprobs()).containsExactly(LOGPROBS);
        assertThat(completed.usage()).isEqualTo(new Outcome.Usage(8, 4));
    }

    @Test
    void withoutLogprobsTheyAreNotSent() {
        ModelRunner.Running running = start(task(List.of("a"), false, null));

        engine.emit("id-0", delta(0, "a0"), delta(1, "a1"), finished(FinishReason.STOP, 3));

        assertThat(replies).isEmpty();
        assertThat(((Outcome.ChatCompleted) running.result().join().outcome()).logprobs()).isNull();
    }

    @Test
    void aPromptThatFailsEndsTheOthers() {
        ModelRunner.Running running = start(task(List.of("a", "b"), false, 1));

        engine.emit(
                "id-0", new TextEvent.Failed(new EngineFailure.PromptTooLong("prompt", 70, 64)));

        assertThat(engine.cancelled).containsExactly("id-0", "id-1");
        assertThat(running.result().join().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.reason()).isEqualTo(Failure.CONTEXT_LENGTH_EXCEEDED);
                            assertThat(failed.param()).isEqualTo("prompt");
                        });
    }

    @Test
    @DisplayName("R140: shortly before its deadline, a text ends with what there is")
    void allPromptsAreCutShort() {
        start(task(List.of("a", "b"), false, 1)).cutShort().run();

        assertThat(engine.cutShort).containsExactly("id-0", "id-1");
    }

    @Test
    void anEarlyEndStopsAllPrompts() {
        start(task(List.of("a", "b"), false, 1)).end(new Outcome.Cancelled());

        assertThat(engine.cancelled).containsExactly("id-0", "id-1");
    }

    private static Task.Complete task(
            List<String> texts, boolean stream, @Nullable Integer logprobs) {
        return new Task.Complete(texts, null, GREEDY, 0, List.of("."), stream, 2, logprobs, true);
    }

    private static TextRequest request(String id, String text) {
        return TextRequest.ofPrompt(
                new RequestId(id),
                new RawPrompt(text, null, true),
                new Sampling(0, 0, 1, 0, Sampling.Penalties.NONE, Map.of(), 7L),
                0,
                List.of("."),
                Lane.NORMAL.ordinal(),
                2,
                1);
    }

    private ModelRunner.Running start(Task task) {
        return runner.start("id", Lane.NORMAL, task, replies::add);
    }

    private static TextEvent delta(int choice, String text) {
        return new TextEvent.Delta(choice, text, 1, List.of(SCORES));
    }

    private static Reply streamed(int choice, String text) {
        return new Reply.TextDelta(text, 1, choice, List.of(LOGPROBS));
    }

    private static TextEvent finished(FinishReason reason, int promptTokens) {
        return new TextEvent.Finished(List.of(reason, reason), promptTokens, 2);
    }
}

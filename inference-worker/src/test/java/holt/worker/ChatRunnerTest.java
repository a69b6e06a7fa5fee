package holt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.text.EngineFailure;
import holt.engine.text.FinishReason;
import holt.engine.text.TextEvent;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChatRunnerTest {
    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner =
            new ChatRunner(
                    new KnownModel(
                            new ModelName("m"), KnownModel.Kind.CHAT, "", Instant.EPOCH, 64, 8),
                    engine,
                    100);
    private final List<Reply> replies = new ArrayList<>();

    @Test
    void aStreamedChatIsToldInDeltasAndEndsWithTheWholeText() {
        ModelRunner.Running running = start(true, 5);

        say(
                new TextEvent.Started(3),
                new TextEvent.Delta("Hel", 1),
                new TextEvent.Delta("lo", 1),
                new TextEvent.Finished(FinishReason.LENGTH, 3, 2));

        assertThat(replies)
                .containsExactly(new Reply.TextDelta("Hel", 1), new Reply.TextDelta("lo", 1));
        assertThat(running.outcome().join())
                .isEqualTo(
                        new Outcome.ChatCompleted(
                                "Hello", Outcome.FinishReason.LENGTH, new Outcome.Usage(3, 2)));
    }

    @Test
    void aChatThatIsNotStreamedSendsNoDeltas() {
        ModelRunner.Running running = start(false, null);

        say(new TextEvent.Delta("Hello", 1), new TextEvent.Finished(FinishReason.STOP, 3, 2));

        assertThat(replies).isEmpty();
        assertThat(running.outcome().join()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(engine.requests.getFirst().maxTokens()).isEqualTo(100);
        assertThat(engine.requests.getFirst().priority()).isEqualTo(Lane.NORMAL.ordinal());
    }

    @Test
    void anEndFromOutsideStopsTheEngineAndKeepsItsLastWordsBack() {
        ModelRunner.Running running = start(true, null);

        running.end(new Outcome.Cancelled());
        say(new TextEvent.Delta("late", 1), new TextEvent.Finished(FinishReason.STOP, 3, 2));

        assertThat(engine.cancelled).containsExactly("id");
        assertThat(replies).isEmpty();
        assertThat(running.outcome().join()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aPromptThatDoesNotFitIsTheClientsMistakeAndNamesBothNumbers() {
        Outcome.Failed failed = failure(new EngineFailure.PromptTooLong(70, 64));

        assertThat(failed.reason()).isEqualTo(Failure.CONTEXT_LENGTH_EXCEEDED);
        assertThat(failed.message()).contains("messages", "70", "64");
    }

    @Test
    void aBrokenDeviceIsRetryableElsewhereAndMarksTheRunner() {
        assertThat(runner.broken()).isFalse();

        Outcome.Failed failed = failure(new EngineFailure.DeviceBroken("xid 79"));

        assertThat(failed.reason().retryable()).isTrue();
        assertThat(failed.message()).doesNotContain("xid");
        assertThat(runner.broken()).isTrue();
    }

    @Test
    void theTraceOfAFailureIsKeptForPeopleAndOutOfTheAnswer() {
        ModelRunner.Running running = start(false, null);

        say(new TextEvent.Failed(new EngineFailure.Internal("stack trace")));

        assertThat(running.trace().get()).isEqualTo("stack trace");
        assertThat(((Outcome.Failed) running.outcome().join()).message())
                .doesNotContain("stack trace");
    }

    private Outcome.Failed failure(EngineFailure failure) {
        ModelRunner.Running running = start(false, null);
        say(new TextEvent.Failed(failure));
        return (Outcome.Failed) running.outcome().join();
    }

    private ModelRunner.Running start(boolean stream, @Nullable Integer maxTokens) {
        var chat =
                new Task.Chat(
                        List.of(new Task.ChatMessage("user", "Hi")),
                        new Task.Sampling(0, 1, null),
                        maxTokens,
                        List.of(),
                        stream);
        return runner.start("id", Lane.NORMAL, chat, replies::add);
    }

    private void say(TextEvent... events) {
        for (TextEvent event : events) {
            engine.listeners.getLast().accept(event);
        }
    }
}

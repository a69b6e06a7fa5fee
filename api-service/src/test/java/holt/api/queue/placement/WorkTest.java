package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ChatMessage;
import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.protocol.VectorFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkTest {
    @Test
    void aChatIsItsPromptAndItsAnswers() {
        assertThat(Work.estimate(chat("x".repeat(400), 100, null))).isEqualTo(101 + 100);
        assertThat(Work.estimate(chat("x".repeat(400), 100, 3))).isEqualTo(101 + 300);
        assertThat(Work.estimate(chat("", null, null))).isGreaterThan(100);
    }

    @Test
    void aLimitThatNoAnswerReachesCountsAsAUsualAnswer() {
        assertThat(Work.estimate(chat("", 100_000, null)))
                .isEqualTo(Work.estimate(chat("", null, null)));
    }

    @Test
    void anEmbeddingIsItsInputs() {
        var tokens =
                new Task.Embed(
                        null,
                        List.of(List.of(1, 2, 3), List.of(4)),
                        null,
                        null,
                        null,
                        VectorFormat.FLOAT);

        assertThat(Work.estimate(tokens)).isEqualTo(4);
    }

    @Test
    void anOutcomeTellsItsTokens() {
        var done =
                new Outcome.ChatCompleted("yo", Outcome.FinishReason.STOP, new Outcome.Usage(7, 5));

        assertThat(Work.measured(done)).hasValue(12);
        assertThat(Work.measured(new Outcome.Cancelled())).isEmpty();
    }

    private static Task chat(String prompt, @Nullable Integer maxTokens, @Nullable Integer n) {
        return new Task.Chat(
                List.of(new ChatMessage("user", prompt)),
                new Task.Sampling(1, 1, null),
                maxTokens,
                List.of(),
                false,
                n,
                null,
                null,
                null,
                null,
                null);
    }
}

package holt.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.embedding.EmbeddingEngine;
import holt.engine.embedding.EmbeddingEvent;
import holt.engine.embedding.EmbeddingInput;
import holt.engine.embedding.EmbeddingModelInfo;
import holt.engine.embedding.EmbeddingRequest;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.protocol.VectorFormat;
import holt.worker.TestJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EmbeddingRunnerTest {
    private static final KnownModel MODEL =
            KnownModel.ofEmbeddings(TestJobs.MODEL, "", TestJobs.NOW, 8, 2);
    private static final Task.Embed TEXTS =
            new Task.Embed(List.of("a", "b"), null, 1, 5, "query", VectorFormat.BASE64);

    private final FakeEngine engine = new FakeEngine();
    private final EmbeddingRunner runner = new EmbeddingRunner(MODEL, engine, 4);

    @Test
    void theRequestCarriesAllFieldsOfTheTask() {
        start(TEXTS);
        start(new Task.Embed(null, List.of(List.of(1, 2)), null, null, null, VectorFormat.FLOAT));

        assertThat(engine.requests)
                .containsExactly(
                        new EmbeddingRequest(
                                new RequestId("id"),
                                List.of(new EmbeddingInput.Text("a"), new EmbeddingInput.Text("b")),
                                1,
                                5,
                                "query",
                                Lane.NORMAL.ordinal()),
                        new EmbeddingRequest(
                                new RequestId("id"),
                                List.of(new EmbeddingInput.Tokens(List.of(1, 2))),
                                null,
                                null,
                                null,
                                Lane.NORMAL.ordinal()));
    }

    @Test
    @DisplayName("R111: a vector is its numbers as little-endian float32, in base64")
    void vectorsAreLittleEndianBytesInBase64() {
        ModelRunner.Running running = start(TEXTS);

        engine.emit(new EmbeddingEvent.Finished(List.of(new float[] {1, -0.5f}), 3));

        assertThat(running.result().join().outcome())
                .isEqualTo(
                        new Outcome.Embedded(
                                List.of("AACAPwAAAL8="),
                                VectorFormat.BASE64,
                                new Outcome.Usage(3, 0)));
    }

    @Test
    @DisplayName("R112: an input that is too long fails the job and is named by its index")
    void anInputThatIsTooLongIsNamed() {
        ModelRunner.Running running = start(TEXTS);

        engine.emit(new EmbeddingEvent.Failed(new EngineFailure.PromptTooLong("input[1]", 70, 64)));

        assertThat(running.result().join().outcome())
                .isEqualTo(
                        new Outcome.Failed(
                                Failure.CONTEXT_LENGTH_EXCEEDED,
                                "input[1]: the prompt has 70 tokens, the model's context holds 64",
                                "input[1]"));
    }

    @Test
    void anEarlyEndStopsTheEngineAndIsTheResult() {
        ModelRunner.Running running = start(TEXTS);

        running.end(new Outcome.Cancelled());
        engine.emit(new EmbeddingEvent.Finished(List.of(new float[] {1}), 3));

        assertThat(engine.cancelled).containsExactly(new RequestId("id"));
        assertThat(running.result().join().outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aTaskOfAnotherKindIsRefused() {
        assertThat(start(TestJobs.CHAT).result().join().outcome())
                .isEqualTo(ModelRunner.OTHER_KIND);
        assertThat(start(TestJobs.IMAGES).result().join().outcome())
                .isEqualTo(ModelRunner.OTHER_KIND);
        assertThat(engine.requests).isEmpty();
    }

    private ModelRunner.Running start(Task task) {
        return runner.start("id", Lane.NORMAL, task, _ -> {});
    }

    /** An engine that emits the event that a test gives it. */
    private static final class FakeEngine implements EmbeddingEngine {
        private final List<EmbeddingRequest> requests = new ArrayList<>();
        private final List<RequestId> cancelled = new ArrayList<>();
        private Consumer<EmbeddingEvent> last = _ -> {};

        private void emit(EmbeddingEvent event) {
            last.accept(event);
        }

        @Override
        public EmbeddingModelInfo info() {
            return new EmbeddingModelInfo("m", "BertModel", 1, 2, 8, "fp32", "cpu");
        }

        @Override
        public void submit(EmbeddingRequest request, Consumer<EmbeddingEvent> events) {
            requests.add(request);
            last = events;
        }

        @Override
        public void cancel(RequestId id) {
            cancelled.add(id);
        }

        @Override
        public long stepsDone() {
            return 0;
        }

        @Override
        public Duration sinceProgress() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}

package holt.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.encoder.Encoder;
import holt.engine.encoder.EncoderFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchingEmbeddingEngineTest {
    private static final int PASS_TOKENS = 12;

    private final FakeEncoder encoder = new FakeEncoder();
    private final EmbeddingEngine engine =
            new BatchingEmbeddingEngine(
                            new EmbeddingModelInfo("m", "BertModel", 1, 2, 8, "fp32", "cpu"),
                            encoder,
                            new FakeTokenizer(),
                            false,
                            PASS_TOKENS)
                    .start();

    @AfterEach
    void close() {
        encoder.go.countDown();
        engine.close();
        assertThat(encoder.closed).isTrue();
    }

    @Test
    void inputsOfSeveralRequestsShareAPassAndEachGetsItsOwnVectors() throws Exception {
        CompletableFuture<EmbeddingEvent> first = submit("first", "xxxxxxxx");
        encoder.begun.await();

        CompletableFuture<EmbeddingEvent> a = submit("a", "a", "bb");
        CompletableFuture<EmbeddingEvent> b = submit("b", "cc", "dd");
        encoder.go.countDown();

        assertThat(vectors(first)).containsExactly(8f);
        assertThat(vectors(a)).containsExactly(1f, 2f);
        assertThat(vectors(b)).containsExactly(2f, 2f);
        assertThat(((EmbeddingEvent.Finished) a.join()).tokens()).isEqualTo(3);
        assertThat(encoder.passes).containsExactly(List.of(8), List.of(1, 2, 2, 2));
        assertThat(engine.stepsDone()).isEqualTo(2);
    }

    @Test
    void aPassWithoutMemoryRunsAgainInPartsAndLaterOnesAreSmaller() throws Exception {
        encoder.go.countDown();
        encoder.most = 2;

        assertThat(vectors(submit("a", "a", "b", "c", "d"))).containsExactly(1f, 1f, 1f, 1f);
        assertThat(encoder.passes)
                .containsExactly(List.of(1, 1, 1, 1), List.of(1, 1), List.of(1, 1));

        encoder.most = 100;
        assertThat(vectors(submit("b", "aaaa", "bbbb"))).containsExactly(4f, 4f);
        assertThat(encoder.passes).endsWith(List.of(4), List.of(4));
    }

    @Test
    void anInputWithoutMemoryFailsItsRequestAlone() {
        encoder.go.countDown();
        encoder.most = 0;

        assertThat(submit("a", "a").join())
                .isInstanceOfSatisfying(
                        EmbeddingEvent.Failed.class,
                        failed ->
                                assertThat(failed.failure())
                                        .isInstanceOf(EngineFailure.OutOfMemory.class));

        encoder.most = 100;
        assertThat(vectors(submit("a", "a"))).containsExactly(1f);
    }

    @Test
    void whatIsNoNumberFailsItsRequestAlone() throws Exception {
        CompletableFuture<EmbeddingEvent> first = submit("first", "xxxxxxxx");
        encoder.begun.await();
        CompletableFuture<EmbeddingEvent> broken = submit("broken", "NaN");
        CompletableFuture<EmbeddingEvent> whole = submit("whole", "aaa");
        encoder.go.countDown();

        assertThat(broken.join().toString()).contains("Failed", "computes NaN");
        assertThat(vectors(whole)).containsExactly(3f);
        assertThat(vectors(first)).containsExactly(8f);
    }

    @Test
    void aCancelledRequestHasNoMorePasses() throws Exception {
        CompletableFuture<EmbeddingEvent> first = submit("first", "xxxxxxxx");
        encoder.begun.await();
        CompletableFuture<EmbeddingEvent> left = submit("left", "aaaa", "bbbb", "cccc");
        engine.cancel(new RequestId("left"));
        encoder.go.countDown();

        assertThat(left.join()).isEqualTo(new EmbeddingEvent.Cancelled());
        assertThat(vectors(first)).containsExactly(8f);
        assertThat(encoder.passes).containsExactly(List.of(8));
    }

    private CompletableFuture<EmbeddingEvent> submit(String id, String... texts) {
        var event = new CompletableFuture<EmbeddingEvent>();
        List<EmbeddingInput> inputs = new ArrayList<>();
        for (String text : texts) {
            inputs.add(new EmbeddingInput.Text(text));
        }
        engine.submit(
                new EmbeddingRequest(new RequestId(id), inputs, 1, null, null, 1), event::complete);
        return event;
    }

    private static List<Float> vectors(CompletableFuture<EmbeddingEvent> event) {
        return ((EmbeddingEvent.Finished) event.join())
                .vectors().stream().map(vector -> vector[0]).toList();
    }

    /** A token for each character; a text with an N begins with token 1, others with 0. */
    private static final class FakeTokenizer implements InputTokenizer {
        @Override
        public Set<String> promptNames() {
            return Set.of();
        }

        @Override
        public int added() {
            return 0;
        }

        @Override
        public long[] encode(EmbeddingInput input, @Nullable String prompt, int most) {
            String text = ((EmbeddingInput.Text) input).text();
            long[] tokens = new long[text.length()];
            tokens[0] = text.startsWith("N") ? 1 : 0;
            return tokens;
        }

        @Override
        public void close() {}
    }

    /** The first number of a vector is the number of tokens. The first pass waits. */
    private static final class FakeEncoder implements Encoder {
        private final List<List<Integer>> passes = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private volatile int most = 100;
        private volatile boolean closed;

        @Override
        public EncoderFacts facts() {
            return new EncoderFacts("BertModel", 1, 1, 2, 10, 8);
        }

        @Override
        public void useThisThread() {}

        @Override
        public List<float[]> encode(List<long[]> inputs, Runnable layerDone) {
            passes.add(inputs.stream().map(input -> input.length).toList());
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (inputs.size() > most) {
                throw new IllegalStateException("CUDA out of memory");
            }
            layerDone.run();
            return inputs.stream()
                    .map(input -> new float[] {input[0] == 1 ? Float.NaN : input.length, 1})
                    .toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.EngineFailure;
import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.sampling.TokenScores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Prompts without a chat template. */
class RawPromptsTest {
    private static final double EXACT = 1e-4;

    /** Smaller than the prompts, so that their scores come from several steps. */
    private static final int CHUNK = 7;

    private static final int GREEDY = 5;

    @TempDir Path folder;

    /**
     * What transformers computed.
     *
     * @param logprobs of each token but the first
     * @param best of the likeliest token in each of these places
     * @param whole the prompt and up to five greedy tokens
     */
    record Golden(
            String model, String text, int[] ids, double[] logprobs, double[] best, String whole) {
        @Override
        public String toString() {
            return model + ": " + text;
        }
    }

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    static Stream<Golden> goldens() throws IOException {
        try (InputStream in =
                RawPromptsTest.class.getResourceAsStream("/holt/engine/completions.json")) {
            return Arrays.stream(new JsonMapper().readValue(in, Golden[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aPromptHasTheLogProbabilitiesOfTransformers(Golden golden) {
        try (TextEngine engine = load(golden.model)) {
            List<TextEvent> events = run(engine, request("a", text(golden), 0, 1));

            assertScores(delta(events, 0), golden);
            assertThat(delta(events, 0).text()).isEqualTo(golden.text);
            assertThat(events.getLast())
                    .isEqualTo(
                            new TextEvent.Finished(
                                    List.of(FinishReason.LENGTH), golden.ids.length, 0));

            // Its keys and values are in the cache now, but a prompt with scores is read again.
            assertScores(delta(run(engine, request("b", tokens(golden), 0, 1)), 0), golden);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aPromptGoesOnAsInTransformers(Golden golden) {
        try (TextEngine engine = load(golden.model)) {
            List<TextEvent> events = run(engine, request("a", tokens(golden), GREEDY, 2));

            for (int choice = 0; choice < 2; choice++) {
                List<TokenScores> scores = new ArrayList<>();
                var text = new StringBuilder();
                for (TextEvent event : events) {
                    if (event instanceof TextEvent.Delta delta && delta.choice() == choice) {
                        scores.addAll(delta.scores());
                        text.append(delta.text());
                    }
                }
                // A character that its last token leaves incomplete is left out.
                assertThat(text).hasToString(golden.whole.replaceFirst("\ufffd+$", ""));
                assertThat(scores.subList(1, golden.ids.length))
                        .extracting(score -> score.chosen().logprob())
                        .zipSatisfy(
                                Arrays.stream(golden.logprobs).boxed().toList(),
                                (found, expected) ->
                                        assertThat(found).isCloseTo(expected, within(EXACT)));
                for (TokenScores score : scores.subList(golden.ids.length, scores.size())) {
                    assertThat(score.chosen()).isEqualTo(score.top().getFirst());
                }
            }
        }
    }

    @Test
    void tokensThatTheModelDoesNotHaveAndNoTokensAreRefused() {
        try (TextEngine engine = load("llama3")) {
            assertThat(failure(engine, List.of(100_000)).toString()).contains("prompt", "100000");
            assertThat(failure(engine, List.of()).toString()).contains("prompt", "no tokens");
            assertThat(failure(engine, Collections.nCopies(5000, 1)))
                    .isInstanceOfSatisfying(
                            EngineFailure.PromptTooLong.class,
                            failure -> assertThat(failure.field()).isEqualTo("prompt"));
        }
    }

    /** Clients such as lm-eval leave out the scores of the one token that they ask for. */
    @Test
    void anEndTokenHasItsScoresToo() {
        var decoder = new FakeDecoder(); // predicts the next number, and 99 ends
        decoder.permits.release(100);
        var info = new TextModelInfo("m", "FakeForCausalLM", 1, 50, 4, "fp32", "cpu", 2);
        try (TextEngine engine =
                new BatchingTextEngine(info, decoder, new FakeChatTokenizer(), CHUNK).start()) {
            var prompt = new RawPrompt(null, List.of(97, 98), true);
            List<TextEvent> events = run(engine, request("a", prompt, 1, 1));

            assertThat(events)
                    .filteredOn(TextEvent.Delta.class::isInstance)
                    .flatExtracting(event -> ((TextEvent.Delta) event).scores())
                    .extracting(score -> ((TokenScores) score).chosen().token().text())
                    .containsExactly("97 ", "98 ", "99 ");
        }
    }

    private static void assertScores(TextEvent.Delta delta, Golden golden) {
        List<TokenScores> scores = delta.scores();
        assertThat(scores).hasSize(golden.ids.length);
        assertThat(scores.getFirst().top()).isEmpty();
        for (int i = 1; i < scores.size(); i++) {
            assertThat(scores.get(i).chosen().logprob())
                    .as("token %d", i)
                    .isCloseTo(golden.logprobs[i - 1], within(EXACT));
            assertThat(scores.get(i).top().getFirst().logprob())
                    .isCloseTo(golden.best[i - 1], within(EXACT));
        }
    }

    private static TextEvent.Delta delta(List<TextEvent> events, int choice) {
        return events.stream()
                .filter(TextEvent.Delta.class::isInstance)
                .map(TextEvent.Delta.class::cast)
                .filter(delta -> delta.choice() == choice)
                .findFirst()
                .orElseThrow();
    }

    private static EngineFailure failure(TextEngine engine, List<Integer> tokens) {
        List<TextEvent> events =
                run(engine, request("f", new RawPrompt(null, tokens, false), 1, 1));
        return ((TextEvent.Failed) events.getLast()).failure();
    }

    private static RawPrompt text(Golden golden) {
        return new RawPrompt(golden.text, null, true);
    }

    private static RawPrompt tokens(Golden golden) {
        return new RawPrompt(null, Arrays.stream(golden.ids).boxed().toList(), true);
    }

    private static TextRequest request(String id, RawPrompt prompt, int maxTokens, int choices) {
        return TextRequest.ofPrompt(
                new RequestId(id), prompt, Sampling.GREEDY, maxTokens, List.of(), 0, choices, 1);
    }

    private static List<TextEvent> run(TextEngine engine, TextRequest request) {
        List<TextEvent> events = Collections.synchronizedList(new ArrayList<>());
        var ended = new CountDownLatch(1);
        engine.submit(
                request,
                event -> {
                    events.add(event);
                    if (event instanceof TextEvent.Finished
                            || event instanceof TextEvent.Failed
                            || event instanceof TextEvent.Cancelled) {
                        ended.countDown();
                    }
                });
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(events);
    }

    private TextEngine load(String name) {
        return TextModels.load(
                Fixtures.model(name, folder),
                TextModelOptions.of("cpu", "fp32").withPrefillChunk(CHUNK).withThreads(1));
    }
}

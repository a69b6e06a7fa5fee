package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import holt.engine.Fixtures;
import holt.engine.Golden;
import holt.engine.RequestId;
import holt.engine.UnloadableModelException;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.sampling.TokenScores;
import holt.engine.torch.DeviceMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextModelsTest {
    private static final int GREEDY = 40; // tokens of the golden continuation

    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama3", "smollm2", "sharded", "bf16", "fp16", "linear", "qwen2", "qwen3",
                "mistral"
            })
    void aGreedyAnswerIsThatOfTransformers(String name) throws Exception {
        Golden golden = Fixtures.golden(name);
        try (TextEngine engine = load(withoutEnd(Fixtures.model(name, folder)))) {
            RecordedEvents events = new RecordedEvents();
            engine.submit(request("1", golden, Sampling.GREEDY, GREEDY), events);

            assertThat(events.end())
                    .isEqualTo(
                            new TextEvent.Finished(
                                    List.of(FinishReason.LENGTH), golden.ids().length, GREEDY));
            assertThat(events.all().getFirst())
                    .isEqualTo(new TextEvent.Started(golden.ids().length));
            assertThat(events.text()).isEqualTo(withoutBrokenEnd(golden.greedyText()));
        }
    }

    @Test
    void manyAtOnceGetWhatEachGetsAlone() throws Exception {
        Golden golden = Fixtures.golden("llama3");
        try (TextEngine engine = load(withoutEnd(Fixtures.model("llama3", folder)))) {
            List<TextRequest> requests = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                List<ChatTurn> turns = List.of(new ChatTurn("user", "otter ".repeat(i) + "?"));
                Sampling sampling = i % 2 == 0 ? Sampling.GREEDY : new Sampling(0.8, 0.9, (long) i);
                requests.add(
                        new TextRequest(
                                new RequestId("r" + i),
                                turns,
                                sampling,
                                5 + 3 * i,
                                List.of(),
                                i % 3));
            }
            requests.add(request("golden", golden, Sampling.GREEDY, GREEDY));
            List<RecordedEvents> together =
                    requests.stream().map(_ -> new RecordedEvents()).toList();
            for (int i = 0; i < requests.size(); i++) {
                engine.submit(requests.get(i), together.get(i));
            }
            for (int i = 0; i < requests.size(); i++) {
                TextEvent end = together.get(i).end();
                RecordedEvents alone = new RecordedEvents();
                engine.submit(requests.get(i), alone);

                assertThat(end)
                        .usingRecursiveComparison()
                        .ignoringFields("cachedTokens")
                        .isEqualTo(alone.end());
                assertThat(together.get(i).text()).isEqualTo(alone.text());
            }
            assertThat(together.getLast().text()).isEqualTo(withoutBrokenEnd(golden.greedyText()));
        }
    }

    @Test
    void theNextTurnIsAnsweredTheSameInFewerSteps() throws Exception {
        Path model = withoutEnd(Fixtures.model("llama3", folder));
        var first = new ChatTurn("user", "otter ".repeat(30));
        TextModelOptions options = options().withPrefillChunk(8);
        List<ChatTurn> turns;
        String known;
        long steps;
        try (TextEngine engine = TextModels.load(model, options)) {
            String answer = texts(engine, chat(List.of(first))).getFirst();
            turns = List.of(first, new ChatTurn("assistant", answer), new ChatTurn("user", "?"));
            // Another conversation takes the slot in between.
            texts(engine, chat(List.of(new ChatTurn("system", "seal ".repeat(30)), first)));
            steps = engine.stepsDone();
            known = texts(engine, chat(turns)).getFirst();
            steps = engine.stepsDone() - steps;
        }
        try (TextEngine engine = TextModels.load(model, options)) {
            assertThat(texts(engine, chat(turns))).containsExactly(known);
            assertThat(steps).isLessThan(engine.stepsDone() - 4);
        }
    }

    private static TextRequest chat(List<ChatTurn> turns) {
        return new TextRequest(new RequestId("chat"), turns, Sampling.GREEDY, 10, List.of(), 0);
    }

    @Test
    void severalSeededAnswersAreThoseThatEachSeedGivesAlone() throws Exception {
        Golden golden = Fixtures.golden("llama3");
        Sampling seeded = new Sampling(1.2, 0.95, 5L);
        try (TextEngine engine = load(withoutEnd(Fixtures.model("llama3", folder)))) {
            RecordedEvents other = new RecordedEvents();
            engine.submit(request("other", golden, Sampling.GREEDY, GREEDY), other);
            List<String> first = texts(engine, several("1", golden, seeded, 6));
            List<String> second = texts(engine, several("2", golden, seeded, 6));
            List<String> alone = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TextRequest one = request("3", golden, seeded.forChoice(i), GREEDY);
                alone.addAll(texts(engine, one));
            }

            assertThat(second).isEqualTo(first);
            assertThat(first).isEqualTo(alone).doesNotHaveDuplicates();
            other.end();
            assertThat(other.text()).isEqualTo(withoutBrokenEnd(golden.greedyText()));
        }
    }

    @Test
    void scoresAreTheLogSoftmaxOfTheLogitsOfTransformers() throws Exception {
        Golden golden = Fixtures.golden("llama3");
        List<float[]> logits = new ArrayList<>(List.of(golden.prefill()));
        logits.addAll(golden.decoded());
        try (TextEngine engine = load(withoutEnd(Fixtures.model("llama3", folder)))) {
            TextRequest plain = request("1", golden, Sampling.GREEDY, logits.size());
            RecordedEvents events = new RecordedEvents();
            engine.submit(
                    new TextRequest(
                            new RequestId("1"),
                            plain.turns(),
                            Sampling.GREEDY,
                            logits.size(),
                            List.of(),
                            0,
                            1,
                            3),
                    events);
            events.end();
            List<TokenScores> scores =
                    events.all().stream()
                            .filter(TextEvent.Delta.class::isInstance)
                            .flatMap(delta -> ((TextEvent.Delta) delta).scores().stream())
                            .toList();

            assertThat(scores).hasSameSizeAs(logits);
            for (int i = 0; i < logits.size(); i++) {
                double[] expected = logSoftmax(logits.get(i));
                TokenScores actual = scores.get(i);
                assertThat(actual.chosen().logprob())
                        .isCloseTo(expected[(int) golden.greedy()[i]], within(1e-4));
                double[] descending = Arrays.stream(expected).map(x -> -x).sorted().toArray();
                for (int k = 0; k < 3; k++) {
                    assertThat(actual.top().get(k).logprob())
                            .isCloseTo(-descending[k], within(1e-4));
                }
            }
        }
    }

    private static double[] logSoftmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double norm = Math.log(sum);
        return IntStream.range(0, logits.length).mapToDouble(i -> logits[i] - norm).toArray();
    }

    private static TextRequest several(String id, Golden golden, Sampling sampling, int choices) {
        TextRequest one = request(id, golden, sampling, GREEDY);
        return new TextRequest(
                new RequestId(id), one.turns(), sampling, GREEDY, List.of(), 0, choices, null);
    }

    private static List<String> texts(TextEngine engine, TextRequest request) throws Exception {
        RecordedEvents events = new RecordedEvents();
        engine.submit(request, events);
        events.end();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < request.choices(); i++) {
            texts.add(events.text(i));
        }
        return texts;
    }

    @Test
    void anEndOfSequenceTokenEndsTheAnswerAndIsCountedButNotShown() throws Exception {
        Golden golden = Fixtures.golden("llama3");
        Path model = Fixtures.model("llama3", folder);
        Fixtures.edit(
                model.resolve("generation_config.json"),
                Map.of("eos_token_id", List.of(golden.greedy()[7], 1_000_000)));
        try (TextEngine engine = load(model)) {
            RecordedEvents events = new RecordedEvents();
            engine.submit(request("1", golden, Sampling.GREEDY, GREEDY), events);

            int end = firstIndex(golden.greedy(), golden.greedy()[7]);
            assertThat(events.end())
                    .isEqualTo(
                            new TextEvent.Finished(
                                    List.of(FinishReason.STOP), golden.ids().length, end + 1));
            assertThat(golden.greedyText()).startsWith(events.text());
        }
    }

    @Test
    void aStopTextAcrossTokensEndsTheAnswerBeforeIt() throws Exception {
        Golden golden = Fixtures.golden("smollm2");
        String whole = golden.greedyText();
        String stop = whole.substring(10, 22); // longer than any one token
        try (TextEngine engine = load(withoutEnd(Fixtures.model("smollm2", folder)))) {
            RecordedEvents events = new RecordedEvents();
            TextRequest plain = request("1", golden, Sampling.GREEDY, GREEDY);
            engine.submit(
                    new TextRequest(
                            new RequestId("1"),
                            plain.turns(),
                            Sampling.GREEDY,
                            GREEDY,
                            List.of("never", stop),
                            0),
                    events);

            assertThat(events.end())
                    .isInstanceOfSatisfying(
                            TextEvent.Finished.class,
                            finished -> {
                                assertThat(finished.reasons()).containsExactly(FinishReason.STOP);
                                assertThat(finished.completionTokens()).isLessThan(GREEDY);
                            });
            assertThat(events.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        }
    }

    @Test
    void packedWeightsAreTheDefaultOnACpu() throws Exception {
        Golden golden = Fixtures.golden("smollm2");
        Path model = withoutEnd(Fixtures.model("smollm2", folder));
        try (TextEngine engine =
                TextModels.load(model, TextModelOptions.of("cpu", null).withThreads(1))) {
            RecordedEvents events = new RecordedEvents();
            engine.submit(request("1", golden, Sampling.GREEDY, 8), events);

            assertThat(events.end()).isInstanceOf(TextEvent.Finished.class);
            assertThat(engine.info().dtype()).isEqualTo("fp16");
            assertThat(golden.greedyText()).startsWith(events.text());
        }
    }

    @Test
    void theInfoSaysWhatWasLoaded() {
        try (TextEngine engine = load(Fixtures.model("smollm2", folder))) {
            // 360 * 32 + 2 * (2 * 32 * 32 + 2 * 16 * 32 + 3 * 32 * 48 + 2 * 32) + 32
            assertThat(engine.info())
                    .isEqualTo(
                            new TextModelInfo(
                                    "smollm2",
                                    "LlamaForCausalLM",
                                    27_040,
                                    256,
                                    13,
                                    "fp32",
                                    "cpu",
                                    4));
        }
    }

    @Test
    void theCacheLimitTakesSlotsFirstThenContext() {
        long perToken = 2 * 2 * 2 * 8 * 4;
        Path model = Fixtures.model("smollm2", folder);
        try (TextEngine engine =
                TextModels.load(model, options().withCacheBytes(perToken * 256 * 3))) {
            assertThat(engine.info().maxBatch()).isEqualTo(3);
            assertThat(engine.info().contextLength()).isEqualTo(256);
        }
        try (TextEngine engine = TextModels.load(model, options().withCacheBytes(perToken * 100))) {
            assertThat(engine.info().maxBatch()).isEqualTo(1);
            assertThat(engine.info().contextLength()).isEqualTo(96);
        }
    }

    @Test
    void aModelForWhichThereIsNoMemoryIsRefusedWithWhatItNeedsAndWhatThereIs() {
        Path model = Fixtures.model("smollm2", folder);
        DeviceMemory.reserve("cpu", Long.MAX_VALUE / 2);
        try {
            assertThatThrownBy(() -> load(model).close())
                    .isInstanceOf(UnloadableModelException.class)
                    .hasMessageContaining(model + ": the model needs 0.2 MiB of memory")
                    .hasMessageContaining("cpu has 0.0 MiB left");
        } finally {
            DeviceMemory.release("cpu", Long.MAX_VALUE / 2);
        }
        load(model).close();
    }

    private static TextModelOptions options() {
        return TextModelOptions.of("cpu", "fp32").withMaxBatch(4).withThreads(1);
    }

    private static TextEngine load(Path model) {
        return TextModels.load(model, options());
    }

    private static TextRequest request(String id, Golden golden, Sampling sampling, int maxTokens) {
        List<ChatTurn> turns =
                golden.turns().stream()
                        .map(turn -> new ChatTurn(turn.role(), turn.content()))
                        .toList();
        return new TextRequest(new RequestId(id), turns, sampling, maxTokens, List.of(), 0);
    }

    /** Random models end when chance wills; these tests want the whole continuation. */
    private static Path withoutEnd(Path model) throws IOException {
        Fixtures.edit(model.resolve("config.json"), Map.of("eos_token_id", 1_000_000));
        Fixtures.edit(model.resolve("generation_config.json"), Map.of("eos_token_id", 1_000_000));
        Fixtures.edit(model.resolve("tokenizer_config.json"), Map.of("eos_token", ""));
        return model;
    }

    private static String withoutBrokenEnd(String text) {
        return text.replaceAll("\ufffd+$", "");
    }

    private static int firstIndex(long[] ids, long id) {
        int index = 0;
        while (ids[index] != id) {
            index++;
        }
        return index;
    }
}

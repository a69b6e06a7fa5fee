package holt.engine.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import holt.engine.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchDecoderTest {
    private static final double EXACT = 1e-4;
    private static final double PACKED = 0.05; // fp16 weights; the logits reach 20
    private static final double ROUGH = 0.5; // three decimal digits in each step

    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
        holt.engine.torch.TorchModule.useThreads(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama3",
                "smollm2",
                "sharded",
                "bf16",
                "fp16",
                "linear",
                "qwen2",
                "qwen3",
                "mistral",
                "granite",
                "olmo2",
                "phi3",
                "phi3-sliding",
                "gemma3",
                "qwen3-moe"
            })
    void prefillAndDecodeGiveTheLogitsOfTransformers(String name) {
        try (Decoder decoder = load(name, "fp32", 2)) {
            assertGivesTheLogitsOfTransformers(decoder, Fixtures.golden(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama3", "smollm2", "bf16", "fp16", "linear", "qwen2", "qwen3", "mistral", "gemma3"
            })
    void aGgufFileGivesTheLogitsOfItsSafetensors(String name) {
        Path file = GgufFixtures.of(name, folder);
        try (Decoder decoder = TorchDecoder.load(file, options("fp32", 2))) {
            assertGivesTheLogitsOfTransformers(decoder, Fixtures.golden(name));
        }
    }

    private static void assertGivesTheLogitsOfTransformers(Decoder decoder, Golden golden) {
        assertClose(
                prefill(decoder, golden.ids(), 0, golden.ids().length), golden.prefill(), EXACT);
        for (int i = 0; i < golden.decoded().size(); i++) {
            Logits logits =
                    decoder.step(
                            new long[] {golden.greedy()[i]},
                            new long[] {golden.ids().length + i},
                            new long[] {0});
            assertClose(logits, golden.decoded().get(i), EXACT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 50})
    void aPromptReadInChunksGivesTheSameLogits(int chunk) {
        Golden golden = Fixtures.golden("llama3");
        try (Decoder decoder = load("llama3", "fp32", 2)) {
            assertClose(prefill(decoder, golden.ids(), 1, chunk), golden.prefill(), EXACT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "smollm2", "qwen3", "phi3", "qwen3-moe"})
    void packedWeightsGiveTheLogitsOfTransformersNearly(String name) {
        Golden golden = Fixtures.golden(name);
        try (Decoder decoder = load(name, "fp16", 1)) {
            assertClose(prefill(decoder, golden.ids(), 0, 16), golden.prefill(), PACKED);
        }
    }

    @Test
    void brainFloatsGiveTheLogitsOfTransformersRoughly() {
        Golden golden = Fixtures.golden("smollm2");
        try (Decoder decoder = load("smollm2", "bf16", 2)) {
            assertClose(prefill(decoder, golden.ids(), 1, 16), golden.prefill(), ROUGH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "fp16"})
    void aRowOfABatchGivesWhatItGivesAlone(String dtype) {
        Golden golden = Fixtures.golden("llama3");
        long[] other = Arrays.copyOfRange(golden.ids(), 0, 21);
        try (Decoder decoder = load("llama3", dtype, 4)) {
            prefill(decoder, golden.ids(), 0, 64);
            prefill(decoder, other, 1, 64);
            prefill(decoder, golden.ids(), 3, 64);
            long next = golden.greedy()[0];
            Logits alone =
                    decoder.step(
                            new long[] {next}, new long[] {golden.ids().length}, new long[] {0});

            long[] tokens = {next, 5, next};
            long[] positions = {golden.ids().length, other.length, golden.ids().length};
            Logits withGap = decoder.step(tokens, positions, new long[] {0, 1, 3});
            Logits sideBySide =
                    decoder.step(
                            new long[] {next, 5},
                            new long[] {golden.ids().length, other.length},
                            new long[] {0, 1});

            for (Logits batch : new Logits[] {withGap, sideBySide}) {
                assertClose(batch, Arrays.copyOf(alone.values(), alone.vocabulary()), 1e-5);
            }
            float[] last =
                    Arrays.copyOfRange(withGap.values(), withGap.offset(2), withGap.offset(3));
            assertClose(alone, last, 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rowsThatAreSharedOutAmongCoresGiveWhatTheyGiveOnOne(int cores) {
        int rows = 13; // of which some cores have one more
        long[] slots = LongStream.range(0, rows).toArray();
        long[] prompts = LongStream.range(0, 7 * rows).map(i -> 3 + i * i % 100).toArray();
        long[] places = LongStream.range(0, 7 * rows).map(i -> i % 7).toArray();
        long[] next = LongStream.range(0, rows).map(row -> 40 + row).toArray();
        long[] after = LongStream.generate(() -> 7).limit(rows).toArray();
        Path model = Fixtures.model("llama3", folder);
        try (Decoder one = TorchDecoder.load(model, options("fp16", rows));
                Decoder several =
                        TorchDecoder.load(model, options("fp16", rows).withThreads(cores))) {
            for (int i = 0; i < 3; i++) { // compiled anew after the first runs
                assertThat(several.step(prompts, places, slots).values())
                        .containsExactly(one.step(prompts, places, slots).values(), within(1e-5f));
                assertThat(several.step(next, after, slots).values())
                        .containsExactly(one.step(next, after, slots).values(), within(1e-5f));
            }
        }
    }

    @Test
    void aLongPromptThatIsSharedOutAmongCoresGivesTheLogitsOfTransformersNearly() {
        Golden golden = Fixtures.golden("llama3");
        Path model = Fixtures.model("llama3", folder);
        assertThat(golden.ids()).hasSizeGreaterThan(64);
        try (Decoder decoder = TorchDecoder.load(model, options("fp16", 1).withThreads(2))) {
            assertClose(prefill(decoder, golden.ids(), 0, 256), golden.prefill(), PACKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "fp16"})
    void aCopiedSlotGoesOnLikeItsSource(String dtype) {
        Golden golden = Fixtures.golden("llama3");
        int length = golden.ids().length - 1;
        long[] last = {golden.ids()[length]};
        try (Decoder decoder = load("llama3", dtype, 3)) {
            Logits source = prefill(decoder, golden.ids(), 0, 64);
            prefill(decoder, new long[] {5, 6, 7}, 2, 64); // what was there is replaced

            decoder.copy(new Slot(0), new Slot(2), length);

            Logits copied = decoder.step(last, new long[] {length}, new long[] {2});
            assertClose(copied, source.values(), 1e-5);
            Logits again = decoder.step(last, new long[] {length}, new long[] {0});
            assertClose(again, source.values(), 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400})
    void memoryStaysFlat(int steps) {
        try (Decoder decoder = load("smollm2", "fp32", 1)) {
            for (int i = 0; i < 50; i++) {
                decoder.step(new long[] {5}, new long[] {i}, new long[] {0});
            }
            long before = ResidentMemory.bytes();
            for (int i = 0; i < steps; i++) {
                decoder.step(new long[] {5}, new long[] {i % 200}, new long[] {0});
            }
            assertThat(ResidentMemory.bytes() - before).isLessThan(8L << 20);
        }
    }

    private TorchDecoder load(String name, String dtype, int slots) {
        Path model = Fixtures.model(name, folder);
        return TorchDecoder.load(model, options(dtype, slots));
    }

    private static DecoderOptions options(String dtype, int slots) {
        return new DecoderOptions("cpu", dtype, slots, 4096, 1L << 30, 1);
    }

    private static Logits prefill(Decoder decoder, long[] ids, int slot, int chunk) {
        Logits logits = new Logits(new float[0], 0);
        for (int from = 0; from < ids.length; from += chunk) {
            int to = Math.min(ids.length, from + chunk);
            logits =
                    decoder.step(
                            Arrays.copyOfRange(ids, from, to),
                            LongStream.range(from, to).toArray(),
                            new long[] {slot});
        }
        return logits;
    }

    /** Compares the first row. */
    private static void assertClose(Logits logits, float[] expected, double tolerance) {
        assertThat(logits.vocabulary()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(logits.values()[i])
                    .as("logit %d", i)
                    .isCloseTo(expected[i], within((float) tolerance));
        }
    }
}

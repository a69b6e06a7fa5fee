package holt.benchmarks;

import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import holt.engine.NativeRuntime;
import holt.engine.decoder.DecoderOptions;
import holt.engine.decoder.Slot;
import holt.engine.decoder.TorchDecoder;
import holt.engine.torch.TorchModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Steps of a text model on one thread, compared with the memory bandwidth of the same run. The weights are random, in the shape of SmolLM2-135M.
 * Arguments: types of the weights.
 */
final class Decode {
    private static final RandomModel MODEL = RandomModel.SMOLLM2_135M;
    private static final List<Integer> BATCHES = List.of(1, 4, 8, 16);
    private static final int CONTEXT = 1024;
    private static final int STEPS = 40;
    private static final int ROUNDS = 5;
    private static final int CHUNK = 128;
    private static final int PREFIX = 512;

    private Decode() {}

    public static void main(String[] args) throws IOException {
        NativeRuntime.prepare(
                Path.of(System.getProperty("java.io.tmpdir"), "holt-benchmarks-native"));
        TorchModule.useThreads(1);
        Path folder = Files.createTempDirectory("holt-decode");
        try {
            MODEL.write(folder);
            for (String dtype : args.length == 0 ? List.of("fp16", "fp32") : List.of(args)) {
                measure(folder, dtype);
            }
        } finally {
            Files.deleteIfExists(folder.resolve("config.json"));
            Files.deleteIfExists(folder.resolve("model.safetensors"));
            Files.delete(folder);
        }
        System.out.println(Machine.facts());
    }

    private static void measure(Path folder, String dtype) {
        int most = BATCHES.getLast();
        var options = new DecoderOptions("cpu", dtype, most, CONTEXT, Long.MAX_VALUE, 1);
        System.out.println(
                dtype
                        + ", one thread, milliseconds; medians of "
                        + ROUNDS
                        + " rounds (least to most)\n\n| | ms | |\n|---|---|---|");
        try (TorchDecoder decoder = TorchDecoder.load(folder, options)) {
            decoder.useThisThread();
            var bandwidth = new ArrayList<Double>();
            var single = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                bandwidth.add(gigabytesPerSecond());
                single.add(decode(decoder, 1));
            }
            double bytes = MODEL.parameters() * (dtype.equals("fp16") ? 2.0 : 4.0);
            double limit = bytes / Figures.median(bandwidth) / 1e6;
            row("bandwidth, GB/s", bandwidth, "");
            row(
                    "decode, 1 row",
                    single,
                    percent(limit / Figures.median(single))
                            + " of the bandwidth, whose limit is "
                            + millis(limit)
                            + " ms");
            for (int rows : BATCHES.subList(1, BATCHES.size())) {
                List<Double> several = rounds(() -> decode(decoder, rows));
                double gain = rows * Figures.median(single) / Figures.median(several);
                row("decode, " + rows + " rows", several, millis(gain) + " x the tokens of 1 row");
            }
            row("read " + CHUNK + " tokens", rounds(() -> read(decoder, 0, CHUNK)), "");
            List<Double> miss = rounds(() -> read(decoder, 0, PREFIX + 1));
            List<Double> hit = rounds(() -> goOn(decoder));
            row("read " + (PREFIX + 1) + " tokens", miss, "");
            row(
                    "read them when " + PREFIX + " are known",
                    hit,
                    percent(Figures.median(hit) / Figures.median(miss)));
        }
        System.out.println();
    }

    private interface Measurement {
        double take();
    }

    private static List<Double> rounds(Measurement measurement) {
        return IntStream.range(0, ROUNDS).mapToObj(_ -> measurement.take()).toList();
    }

    /** Milliseconds of a step that gives each row its next token after 64 others; the median of several steps. */
    private static double decode(TorchDecoder decoder, int rows) {
        long[] slots = LongStream.range(0, rows).toArray();
        double[] times = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            long[] tokens = tokens(rows, i);
            long[] positions = new long[rows];
            Arrays.fill(positions, 64 + i);
            long begun = System.nanoTime();
            decoder.step(tokens, positions, slots);
            times[i] = (System.nanoTime() - begun) / 1e6;
        }
        return Figures.percentile(times, 0.5);
    }

    /** Milliseconds to prefill a prompt in chunks, from that position on. */
    private static double read(TorchDecoder decoder, int from, int to) {
        long begun = System.nanoTime();
        for (int at = from; at < to; at += CHUNK) {
            int width = Math.min(CHUNK, to - at);
            decoder.step(
                    tokens(width, at), LongStream.range(at, at + width).toArray(), new long[] {0});
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    /** The same for a prompt of which the KV cache holds all but the last token. */
    private static double goOn(TorchDecoder decoder) {
        long begun = System.nanoTime();
        decoder.copy(new Slot(0), new Slot(1), PREFIX);
        decoder.step(tokens(1, PREFIX), new long[] {PREFIX}, new long[] {1});
        return (System.nanoTime() - begun) / 1e6;
    }

    private static long[] tokens(int count, int seed) {
        return LongStream.range(0, count)
                .map(i -> (seed * 7919L + i * 104_729L) % MODEL.vocabulary())
                .toArray();
    }

    /** Gigabytes a second of one thread that reads a large array. */
    private static double gigabytesPerSecond() {
        long[] numbers = new long[1 << 26];
        Arrays.fill(numbers, 1);
        double best = 0;
        for (int i = 0; i < 5; i++) {
            long begun = System.nanoTime();
            long sum = 0;
            for (long number : numbers) {
                sum += number;
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (sum != numbers.length) {
                throw new AssertionError("the sum is wrong");
            }
            best = Math.max(best, numbers.length * (double) Long.BYTES / seconds / 1e9);
        }
        return best;
    }

    private static void row(String name, List<Double> values, String meaning) {
        System.out.println(
                "| " + name + " | " + Figures.spread(values, "%.1f") + " | " + meaning + " |");
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}

package holt.benchmarks;

import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import holt.engine.NativeRuntime;
import holt.engine.RequestId;
import holt.engine.decoder.DecoderOptions;
import holt.engine.decoder.TorchDecoder;
import holt.engine.text.ChatTurn;
import holt.engine.text.TextEngine;
import holt.engine.text.TextModelOptions;
import holt.engine.text.TextModels;
import holt.engine.text.TextRequest;
import holt.engine.text.sampling.Sampling;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A text engine without HTTP, on one thread, with random weights in the shape of SmolLM2-135M. It measures the first token beside other chats, a cached
 * prompt, and the engine's own share of a step's CPU time. If {@code HOLT_BENCHMARK_PYTHON} names a Python, it compares with {@code transformers}. Run it in
 * the repository's root. Argument, optional: rounds.
 */
final class Latency {
    private static final int TOGETHER = 16;
    private static final int SHORT = 64; // about, in tokens
    private static final int MIDDLE = 256;
    private static final int LONG = 512;
    private static final int ANSWER = 64;
    private static final int CONTEXT = 1024;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final TextEngine engine;
    private final TorchDecoder decoder;
    private final List<Double> alone = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();
    private final List<Double> miss = new ArrayList<>();
    private final List<Double> hit = new ArrayList<>();
    private final List<Double> greedy = new ArrayList<>();
    private final List<Double> drawn = new ArrayList<>();
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();
    private int requests;

    private Latency(TextEngine engine, TorchDecoder decoder) {
        this.engine = engine;
        this.decoder = decoder;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        NativeRuntime.prepare(
                Path.of(System.getProperty("java.io.tmpdir"), "holt-benchmarks-native"));
        Path folder = Files.createTempDirectory("holt-latency");
        var options =
                TextModelOptions.of("cpu", "fp16")
                        .withMaxBatch(TOGETHER)
                        .withKeptPrompts(TOGETHER)
                        .withMaxContext(CONTEXT)
                        .withThreads(1);
        try {
            RandomModel.SMOLLM2_135M.writeWithTokenizer(folder);
            try (TextEngine engine = TextModels.load(folder, options);
                    TorchDecoder decoder =
                            TorchDecoder.load(
                                    folder,
                                    new DecoderOptions("cpu", "fp16", TOGETHER, CONTEXT, 0, 1))) {
                decoder.useThisThread();
                new Latency(engine, decoder).measure(folder, rounds);
            }
        } finally {
            LocalHolt.delete(folder);
        }
        System.out.println("\n" + Machine.facts());
    }

    private void measure(Path folder, int rounds) throws Exception {
        int middle = ask(MIDDLE, 1).finished().promptTokens(); // warms up
        int length = ask(LONG, 1).finished().promptTokens();
        Optional<Transformers> transformers = Transformers.start(folder, TOGETHER, SHORT, ANSWER);
        try {
            for (int i = 0; i < rounds; i++) {
                alone.add(millis(MIDDLE));
                beside.add(millisBeside());
                String prompt = prompt(LONG);
                miss.add(millis(prompt));
                hit.add(millis(prompt));
                greedy.add(100 * outside(Sampling.GREEDY));
                drawn.add(100 * outside(sampling()));
                ours.add(tokensPerSecond());
                if (transformers.isPresent()) {
                    theirs.add(TOGETHER * ANSWER / transformers.get().generate());
                }
            }
        } finally {
            if (transformers.isPresent()) {
                transformers.get().close();
            }
        }
        System.out.println(rounds + " rounds; medians (least to most)\n\n| | | |\n|---|---|---|");
        row("first token of a prompt of " + middle + " tokens, ms", alone, "%.0f", "");
        row(
                "the same beside " + (TOGETHER - 1) + " running chats",
                beside,
                "%.0f",
                ratio(beside, alone) + " x that alone; goal 2");
        row("a prompt of " + length + " tokens, ms", miss, "%.0f", "");
        row("the same again", hit, "%.0f", ratio(hit, miss) + " x the first time's; goal 0.25");
        String cpu = "CPU outside the model, % of a step of " + TOGETHER + ", ";
        row(cpu + "the likeliest token", greedy, "%.1f", "goal 15");
        row(cpu + "drawn from all", drawn, "%.1f", "goal 15");
        row(TOGETHER + " at once, tokens a second", ours, "%.0f", "packed fp16");
        if (!theirs.isEmpty()) {
            row(
                    "transformers, tokens a second",
                    theirs,
                    "%.0f",
                    "fp32; Holt has " + ratio(ours, theirs) + " x as many; goal 1.5");
        }
    }

    private double millis(int tokens) {
        return millis(prompt(tokens));
    }

    /** Milliseconds to an answer of one token. */
    private double millis(String prompt) {
        long begun = System.nanoTime();
        ask(prompt, 1).finished();
        return (System.nanoTime() - begun) / 1e6;
    }

    /** Milliseconds to the first token while all other slots answer. */
    private double millisBeside() {
        int first = requests + 1;
        List<EngineAnswer> others =
                IntStream.range(1, TOGETHER).mapToObj(_ -> ask(SHORT, CONTEXT)).toList();
        ask(SHORT, 1)
                .finished(); // when it ends, all other prompts are read, since they come in turn
        double millis = millis(MIDDLE);
        IntStream.range(first, first + others.size())
                .forEach(id -> engine.cancel(new RequestId(Integer.toString(id))));
        others.forEach(EngineAnswer::end);
        return millis;
    }

    /**
     * The share of the engine thread's CPU time that a bare decoder does not need for the same steps. The decoder's time includes copying logits from
     * libtorch to Java.
     */
    private double outside(Sampling sampling) {
        long engineThread =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("engine-" + engine.info().name()))
                        .findFirst()
                        .orElseThrow()
                        .threadId();
        long cpu = THREADS.getThreadCpuTime(engineThread);
        long steps = engine.stepsDone();
        int prompt = ask(prompt(SHORT), ANSWER, TOGETHER, sampling).finished().promptTokens();
        long decodes = engine.stepsDone() - steps - 1; // the first step reads the prompt
        cpu = THREADS.getThreadCpuTime(engineThread) - cpu;
        return 1 - decoderCpu(prompt, decodes) / (double) cpu;
    }

    /** Nanoseconds to read a prompt and to give each row that many tokens. */
    private long decoderCpu(int prompt, long decodes) {
        long begun = THREADS.getCurrentThreadCpuTime();
        decoder.step(tokens(prompt), LongStream.range(0, prompt).toArray(), new long[] {0});
        long[] slots = LongStream.range(0, TOGETHER).toArray();
        long[] positions = new long[TOGETHER];
        for (long i = 0; i < decodes; i++) {
            Arrays.fill(positions, prompt + i);
            decoder.step(tokens(TOGETHER), positions, slots);
        }
        return THREADS.getCurrentThreadCpuTime() - begun;
    }

    /** Tokens a second, prefill included, as in {@code generate}. */
    private double tokensPerSecond() {
        long begun = System.nanoTime();
        List<EngineAnswer> answers =
                IntStream.range(0, TOGETHER).mapToObj(_ -> ask(SHORT, ANSWER)).toList();
        int tokens = answers.stream().mapToInt(it -> it.finished().completionTokens()).sum();
        return tokens / ((System.nanoTime() - begun) / 1e9);
    }

    private EngineAnswer ask(int promptTokens, int answerTokens) {
        return ask(prompt(promptTokens), answerTokens);
    }

    private EngineAnswer ask(String prompt, int answerTokens) {
        return ask(prompt, answerTokens, 1, sampling());
    }

    private EngineAnswer ask(String prompt, int answerTokens, int choices, Sampling sampling) {
        var id = new RequestId(Integer.toString(++requests));
        var turns = List.of(new ChatTurn("user", prompt));
        return EngineAnswer.of(
                engine,
                new TextRequest(id, turns, sampling, answerTokens, List.of(), 0, choices, null));
    }

    /** The defaults of a chat. */
    private Sampling sampling() {
        return new Sampling(1, 1, (long) requests);
    }

    /** A prompt of about that many tokens, which differs from every other prompt in its first word. */
    private String prompt(int tokens) {
        return (requests + 1) * 7919 + " of".repeat(tokens - 12);
    }

    private static long[] tokens(int count) {
        return LongStream.range(0, count)
                .map(i -> i * 104_729L % RandomModel.SMOLLM2_135M.vocabulary())
                .toArray();
    }

    private static String ratio(List<Double> of, List<Double> to) {
        return String.format(Locale.ROOT, "%.2f", Figures.median(of) / Figures.median(to));
    }

    private static void row(String name, List<Double> values, String format, String meaning) {
        System.out.println(
                "| " + name + " | " + Figures.spread(values, format) + " | " + meaning + " |");
    }
}

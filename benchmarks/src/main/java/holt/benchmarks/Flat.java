package holt.benchmarks;

import holt.benchmarks.report.Machine;
import holt.engine.NativeRuntime;
import holt.engine.RequestId;
import holt.engine.text.ChatTurn;
import holt.engine.text.TextEngine;
import holt.engine.text.TextEvent;
import holt.engine.text.TextModelOptions;
import holt.engine.text.TextModels;
import holt.engine.text.TextRequest;
import holt.engine.text.sampling.Sampling;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Whether memory stays flat while the built-in model answers chats of all kinds: the memory of the process after 2,000 engine steps and after 20,000.
 * Exits with 1 if it has grown. Run it in the repository's root, on Linux.
 */
final class Flat {
    private static final Path MODEL = Path.of("models/holt-chat");
    private static final int SLOTS = 8;
    private static final int CLIENTS = 12; // four of them wait
    private static final int CONTEXT = 256;
    private static final long WARM = 2_000;
    private static final long END = 20_000;
    private static final long MOST_MB = 32; // 1.9 KB a step; the logits of one row are 16

    /** Objects that hold memory of libtorch. */
    private static final Pattern HANDLES =
            Pattern.compile(
                    "(?m)^ *\\d+: +(\\d+) +\\d+ +ai\\.djl\\.pytorch\\.(engine\\.PtNDArray|jni\\.IValue)\\b");

    private final TextEngine engine;
    private final Random random = new Random(1);
    private final Semaphore room = new Semaphore(CLIENTS);
    private final Queue<TextEvent.Failed> failures = new ConcurrentLinkedQueue<>();
    private int chats;

    private Flat(TextEngine engine) {
        this.engine = engine;
    }

    /** @param handles the tensors and values of libtorch that Java objects hold */
    private record Memory(long steps, int chats, long residentMb, long heapMb, long handles) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %d | %d | %d |",
                    steps,
                    chats,
                    residentMb,
                    heapMb,
                    handles);
        }
    }

    public static void main(String[] args) throws Exception {
        NativeRuntime.prepare(
                Path.of(System.getProperty("java.io.tmpdir"), "holt-benchmarks-native"));
        var options =
                TextModelOptions.of("cpu", null)
                        .withMaxBatch(SLOTS)
                        .withKeptPrompts(SLOTS / 2)
                        .withMaxContext(CONTEXT)
                        .withThreads(1);
        Memory warm;
        Memory end;
        try (TextEngine engine = TextModels.load(MODEL, options)) {
            var flat = new Flat(engine);
            System.out.println("| steps | chats | resident MB | heap MB | handles |");
            System.out.println("|---|---|---|---|---|");
            warm = flat.after(WARM);
            System.out.println(warm);
            end = flat.after(END);
            System.out.println(end);
        }
        System.out.println("\n" + Machine.facts());
        if (end.residentMb - warm.residentMb > MOST_MB || end.handles > warm.handles) {
            System.err.println("memory has grown");
            System.exit(1);
        }
    }

    /** Runs chats until the engine has done that many steps, and waits for the end of all chats. */
    private Memory after(long steps) throws InterruptedException, IOException, JMException {
        while (engine.stepsDone() < steps) {
            room.acquire();
            chat();
        }
        room.acquire(CLIENTS);
        room.release(CLIENTS);
        if (!failures.isEmpty()) {
            throw new IllegalStateException("a chat has failed: " + failures.peek());
        }
        long handles = handles();
        return new Memory(
                engine.stepsDone(),
                chats,
                Machine.residentMb(ProcessHandle.current().pid()),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() >> 20,
                handles);
    }

    /** Submits a chat. Some share a beginning, want two answers or scores, or are cancelled midway. */
    private void chat() {
        int number = ++chats;
        var id = new RequestId(Integer.toString(number));
        String begin = random.nextBoolean() ? "You are a friendly otter. " : number + " ";
        var turns = List.of(new ChatTurn("user", begin + "what of it ".repeat(random.nextInt(20))));
        var sampling = new Sampling(1, 0.95, random.nextLong());
        int choices = number % 5 == 0 ? 2 : 1;
        var scores = number % 7 == 0 ? 3 : null;
        int tokens = 1 + random.nextInt(80);
        boolean leaves = number % 6 == 0;
        engine.submit(
                new TextRequest(id, turns, sampling, tokens, List.of("never"), 0, choices, scores),
                event -> {
                    switch (event) {
                        case TextEvent.Started _ -> {}
                        case TextEvent.Output _ -> {
                            if (leaves) {
                                engine.cancel(id);
                            }
                        }
                        case TextEvent.Finished _, TextEvent.Cancelled _ -> room.release();
                        case TextEvent.Failed failed -> {
                            failures.add(failed);
                            room.release();
                        }
                    }
                });
    }

    /** Counts the handles. The diagnostic command collects garbage first. */
    private static long handles() throws JMException {
        var histogram =
                (String)
                        ManagementFactory.getPlatformMBeanServer()
                                .invoke(
                                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                        "gcClassHistogram",
                                        new Object[] {new String[0]},
                                        new String[] {String[].class.getName()});
        return HANDLES.matcher(histogram)
                .results()
                .map((MatchResult line) -> line.group(1))
                .mapToLong(Long::parseLong)
                .sum();
    }
}

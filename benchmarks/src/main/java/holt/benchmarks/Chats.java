package holt.benchmarks;

import holt.benchmarks.cluster.ChatConnection;
import holt.benchmarks.cluster.ClusterSettings;
import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A text model of 135 million parameters (random weights) behind {@code ./holt up}: tokens a second for one client and for many, the time to the
 * first token beside other chats, and repeated prompts. Run it in the repository's root. Argument, optional: rounds.
 */
final class Chats {
    private static final String MODEL = "random-135m";
    private static final Pattern COMPLETION = Pattern.compile("\"completion_tokens\":(\\d+)");
    private static final Pattern PROMPT = Pattern.compile("\"prompt_tokens\":(\\d+)");
    private static final int TOGETHER = 16;
    private static final int ANSWER = 64;
    private static final int SHORT_PROMPT = 150; // words
    private static final int LONG_PROMPT = 330;

    private static final AtomicInteger PROMPTS = new AtomicInteger();

    private Chats() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Path models = Files.createTempDirectory("holt-models");
        Path data = Files.createTempDirectory("holt-chats");
        RandomModel.SMOLLM2_135M.writeWithTokenizer(Files.createDirectory(models.resolve(MODEL)));
        int port = ClusterSettings.freePort();
        var arguments =
                List.of("up", "--port", Integer.toString(port), "--models", models.toString());
        var settings = Map.of("HOLT_WORKER_SLOTS", Integer.toString(TOGETHER));
        Process holt = LocalHolt.start(arguments, data, settings);
        try {
            LocalHolt.awaitReady(holt);
            measure(port, rounds);
        } finally {
            LocalHolt.stop(holt);
            LocalHolt.delete(data);
            LocalHolt.delete(models);
        }
        System.out.println("\n" + Machine.facts());
    }

    private static void measure(int port, int rounds) throws Exception {
        var alone = new ArrayList<Double>();
        var together = new ArrayList<Double>();
        var first = new ArrayList<Double>();
        var beside = new ArrayList<Double>();
        var miss = new ArrayList<Double>();
        var hit = new ArrayList<Double>();
        ask(port, prompt(SHORT_PROMPT), ANSWER); // warms up
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rounds; i++) {
                alone.add(tokensPerSecond(clients, port, 1));
                together.add(tokensPerSecond(clients, port, TOGETHER));
                first.add(millis(port, prompt(SHORT_PROMPT)));
                beside.add(millisBeside(clients, port, TOGETHER - 1));
                String prompt = prompt(LONG_PROMPT);
                miss.add(millis(port, prompt));
                hit.add(millis(port, prompt));
            }
        }
        System.out.println(rounds + " rounds; medians (least to most)\n\n| | | |\n|---|---|---|");
        row("one client, tokens a second", alone, "%.0f", "");
        row(
                TOGETHER + " clients, tokens a second",
                together,
                "%.0f",
                ratio(together, alone) + " x one's");
        row(
                "first token of a prompt of " + tokens(port, SHORT_PROMPT) + " tokens, ms",
                first,
                "%.0f",
                "");
        row(
                "the same beside " + (TOGETHER - 1) + " running chats",
                beside,
                "%.0f",
                ratio(beside, first) + " x that alone");
        row("a prompt of " + tokens(port, LONG_PROMPT) + " tokens", miss, "%.0f", "");
        row("the same again", hit, "%.0f", ratio(hit, miss) + " x the first time's");
    }

    private static double tokensPerSecond(ExecutorService threads, int port, int clients)
            throws ExecutionException, InterruptedException {
        long begun = System.nanoTime();
        Callable<Integer> chat = () -> number(COMPLETION, ask(port, prompt(10), ANSWER));
        List<Future<Integer>> answers =
                IntStream.range(0, clients).mapToObj(_ -> threads.submit(chat)).toList();
        int tokens = 0;
        for (Future<Integer> answer : answers) {
            tokens += answer.get();
        }
        return tokens / ((System.nanoTime() - begun) / 1e9);
    }

    /** Milliseconds to the first token while the other clients get answers without pause. */
    private static double millisBeside(ExecutorService threads, int port, int others)
            throws IOException, ExecutionException, InterruptedException {
        var enough = new AtomicBoolean();
        Callable<Integer> other =
                () -> {
                    int answered = 0;
                    while (!enough.get()) {
                        ask(port, prompt(10), ANSWER);
                        answered++;
                    }
                    return answered;
                };
        List<Future<Integer>> running =
                IntStream.range(0, others).mapToObj(_ -> threads.submit(other)).toList();
        ask(port, prompt(10), ANSWER); // when it ends, all others run
        double millis = millis(port, prompt(SHORT_PROMPT));
        enough.set(true);
        for (Future<Integer> it : running) {
            it.get();
        }
        return millis;
    }

    /** Milliseconds to an answer of one token. */
    private static double millis(int port, String prompt) throws IOException {
        long begun = System.nanoTime();
        ask(port, prompt, 1);
        return (System.nanoTime() - begun) / 1e6;
    }

    private static int tokens(int port, int words) throws IOException {
        return number(PROMPT, ask(port, prompt(words), 1));
    }

    private static String ask(int port, String prompt, int tokens) throws IOException {
        try (var connection = new ChatConnection(port)) {
            connection.send(MODEL, prompt, tokens);
            return connection.receive();
        }
    }

    /** A prompt of that many words, which differs from every other prompt in its first word. */
    private static String prompt(int words) {
        int number = PROMPTS.incrementAndGet();
        return "%d ".formatted(number * 7919) + "what of it ".repeat(words / 3);
    }

    private static int number(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + body);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static String ratio(List<Double> of, List<Double> to) {
        return String.format(Locale.ROOT, "%.2f", Figures.median(of) / Figures.median(to));
    }

    private static void row(String name, List<Double> values, String format, String meaning) {
        System.out.println(
                "| " + name + " | " + Figures.spread(values, format) + " | " + meaning + " |");
    }
}

package holt.benchmarks;

import holt.benchmarks.cluster.EngineServer;
import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the way through Holt costs. A server of OpenAI's API has the first core, all else the others. Clients ask it directly and through Holt in turns.
 * Arguments: the server's command with {@code {port}} and at least 16 slots; optional: rounds.
 */
final class Behind {
    private static final int CLIENTS = 16;
    private static final int SINGLE = 20;
    private static final int TOKENS = 64;
    private static final int OVERLOAD = 4;
    private static final Duration OVERLOADED_FOR = Duration.ofSeconds(20);
    private static final Duration PATIENT = Duration.ofMinutes(2);

    private final StreamedChat direct;
    private final StreamedChat holt;
    private final AtomicInteger asked = new AtomicInteger();

    private Behind(StreamedChat direct, StreamedChat holt) {
        this.direct = direct;
        this.holt = holt;
    }

    /** Figures of one way, one value a round. */
    private record Way(
            String name,
            StreamedChat chat,
            List<Double> firstMs,
            List<Double> perSecond,
            List<Double> inTime) {
        Way(String name, StreamedChat chat) {
            this(name, chat, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path data = Files.createTempDirectory("holt-behind");
        try (var server = EngineServer.start(args[0], data.resolve("engine.log"));
                HttpClient http =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            int port = EngineServer.freePort();
            Process holt =
                    LocalHolt.start(
                            List.of("up", "--port=" + port, "--engine=" + server.url()),
                            data.resolve("data"));
            try {
                LocalHolt.awaitReady(holt);
                URI front = URI.create("http://127.0.0.1:" + port);
                new Behind(
                                new StreamedChat(http, server.url(), server.model()),
                                new StreamedChat(http, front, server.model()))
                        .measure(rounds);
            } finally {
                LocalHolt.stop(holt);
            }
        } finally {
            LocalHolt.delete(data);
        }
        System.out.println("\n" + Machine.facts());
    }

    private void measure(int rounds) throws Exception {
        var ways = List.of(new Way("directly", direct), new Way("through Holt", holt));
        for (Way way : ways) {
            first(way.chat);
            perSecond(way.chat);
        }
        double capacity = perSecond(direct) / TOKENS;
        var deadline = Duration.ofMillis((long) (2 * 1000 * CLIENTS / capacity));
        for (int i = 0; i < rounds; i++) {
            for (Way way : i % 2 == 0 ? ways : ways.reversed()) {
                way.firstMs.add(first(way.chat));
                way.perSecond.add(perSecond(way.chat));
                way.inTime.add(inTime(way.chat, OVERLOAD * capacity, deadline));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d rounds; medians (least to most). Overload: %.1f requests a second, %.1f times what the server can do, each within %.1f s%n%n",
                rounds,
                OVERLOAD * capacity,
                (double) OVERLOAD,
                deadline.toMillis() / 1000.0);
        System.out.println(
                "| | ms to the first token, 1 client | tokens a second, 16 clients | answers in time a second, overload |\n|---|---|---|---|");
        for (Way way : ways) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    way.name,
                    Figures.spread(way.firstMs, "%.1f"),
                    Figures.spread(way.perSecond, "%.0f"),
                    Figures.spread(way.inTime, "%.2f"));
        }
    }

    /** The median of some chats, one after the other. */
    private double first(StreamedChat chat) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        for (int i = 0; i < SINGLE; i++) {
            millis.add(chat.ask(prompt(), 2, PATIENT).firstMs());
        }
        return Figures.median(millis);
    }

    private double perSecond(StreamedChat chat) throws Exception {
        long begun = System.nanoTime();
        int tokens = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> client =
                    () -> {
                        int written = 0;
                        for (int i = 0; i < 3; i++) {
                            written += chat.ask(prompt(), TOKENS, PATIENT).tokens();
                        }
                        return written;
                    };
            for (Future<Integer> each : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                tokens += each.get();
            }
        }
        return tokens / ((System.nanoTime() - begun) / 1e9);
    }

    /** Answers a second that come before their deadline, while requests come at that rate. */
    private double inTime(StreamedChat chat, double rate, Duration deadline) throws Exception {
        var inTime = new AtomicInteger();
        int count = (int) (rate * OVERLOADED_FOR.toMillis() / 1000);
        long begun = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long at = begun + (long) (i / rate * 1e9);
                TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
                clients.execute(() -> {
                    try {
                        chat.ask(prompt(), TOKENS, deadline);
                        inTime.incrementAndGet();
                    } catch (IOException | InterruptedException late) {
                        // Not in time.
                    }
                });
            }
        }
        return inTime.get() / (OVERLOADED_FOR.toMillis() / 1000.0);
    }

    private String prompt() {
        return "Story " + asked.incrementAndGet() + ": tell me about a little house by the sea.";
    }
}

package holt.benchmarks;

import holt.benchmarks.cluster.ClusterSettings;
import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import holt.engine.NativeRuntime;
import holt.engine.RequestId;
import holt.engine.image.ImageEngine;
import holt.engine.image.ImageEvent;
import holt.engine.image.ImageModelOptions;
import holt.engine.image.ImageModels;
import holt.engine.image.ImageRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Pictures a minute of the built-in model: as URLs for clients of {@code ./holt up}, and of the engine alone, in turns on one machine. Run it in the
 * repository's root. Argument, optional: rounds.
 */
final class Pictures {
    private static final String MODEL = "holt-image";
    private static final String PROMPT = "a cute baby sea otter on a blue background";
    private static final int PICTURES = 12; // a measurement
    private static final int TOGETHER = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI generations;
    private final ImageEngine engine;
    private int drawn;

    private Pictures(int port, ImageEngine engine) {
        this.generations = URI.create("http://127.0.0.1:" + port + "/v1/images/generations");
        this.engine = engine;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        NativeRuntime.prepare(
                Path.of(System.getProperty("java.io.tmpdir"), "holt-benchmarks-native"));
        Path data = Files.createTempDirectory("holt-pictures");
        int port = ClusterSettings.freePort();
        Process holt = LocalHolt.start(List.of("up", "--port", Integer.toString(port)), data);
        try (ImageEngine engine =
                ImageModels.load(Path.of("models", MODEL), ImageModelOptions.of("cpu", "fp32"))) {
            LocalHolt.awaitReady(holt);
            new Pictures(port, engine).measure(rounds);
        } finally {
            LocalHolt.stop(holt);
            LocalHolt.delete(data);
        }
        System.out.println("\n" + Machine.facts());
    }

    private void measure(int rounds) throws Exception {
        var alone = new ArrayList<Double>();
        var one = new ArrayList<Double>();
        var together = new ArrayList<Double>();
        var batch = new ArrayList<Double>();
        ask(1); // warms up
        draw(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rounds; i++) {
                alone.add(perMinute(clients, 1, 1, this::draw));
                one.add(perMinute(clients, 1, 1, this::ask));
                together.add(perMinute(clients, TOGETHER, 1, this::ask));
                batch.add(perMinute(clients, 1, TOGETHER, this::ask));
            }
        }
        System.out.printf(
                "%d rounds; medians (least to most)%n%n| | pictures a minute |%n|---|---|%n",
                rounds);
        row("the engine alone, one after the other", alone);
        row("one client of `./holt up`", one);
        row(TOGETHER + " clients at once", together);
        row("one client, n = " + TOGETHER, batch);
    }

    /** A way to make pictures. */
    @FunctionalInterface
    private interface Way {
        void take(int count) throws Exception;
    }

    private static double perMinute(ExecutorService threads, int clients, int count, Way way)
            throws Exception {
        Callable<Integer> client =
                () -> {
                    for (int i = 0; i < PICTURES / clients / count; i++) {
                        way.take(count);
                    }
                    return PICTURES / clients / count * count;
                };
        long begun = System.nanoTime();
        List<Future<Integer>> running =
                IntStream.range(0, clients).mapToObj(_ -> threads.submit(client)).toList();
        int pictures = 0;
        for (Future<Integer> it : running) {
            pictures += it.get();
        }
        return pictures * 60e9 / (System.nanoTime() - begun);
    }

    private void ask(int count) throws IOException, InterruptedException {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"%s\",\"n\":%d}".formatted(MODEL, PROMPT, count);
        var request =
                HttpRequest.newBuilder(generations)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
    }

    private void draw(int count) {
        int side = engine.info().side();
        var end = new CompletableFuture<ImageEvent>();
        engine.submit(
                new ImageRequest(
                        new RequestId(Integer.toString(drawn++)),
                        PROMPT,
                        "",
                        side,
                        side,
                        count,
                        engine.info().defaults().steps(),
                        engine.info().defaults().guidance(),
                        null,
                        null,
                        0),
                event -> {
                    switch (event) {
                        case ImageEvent.Started _,
                                ImageEvent.Progress _,
                                ImageEvent.PictureDone _ -> {}
                        case ImageEvent.Finished _, ImageEvent.Failed _, ImageEvent.Cancelled _ ->
                                end.complete(event);
                    }
                });
        if (!(end.join() instanceof ImageEvent.Finished)) {
            throw new IllegalStateException("expected a picture, got " + end.join());
        }
    }

    private static void row(String name, List<Double> values) {
        System.out.println("| " + name + " | " + Figures.spread(values, "%.0f") + " |");
    }
}

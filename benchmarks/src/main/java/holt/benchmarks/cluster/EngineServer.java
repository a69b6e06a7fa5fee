package holt.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A server of OpenAI's API on the first core. This process, and what it starts later, gets the other cores. Needs {@code taskset}. */
public final class EngineServer implements AutoCloseable {
    private static final int READY_SECONDS = 120;

    private final Process process;
    private final URI url;
    private final String model;

    private EngineServer(Process process, URI url, String model) {
        this.process = process;
        this.url = url;
        this.model = model;
    }

    /**
     * Returns when it answers.
     *
     * @param command with {@code {port}} where the port goes
     * @param log of what it prints
     */
    public static EngineServer start(String command, Path log)
            throws IOException, InterruptedException {
        int port = freePort();
        String filled = command.replace("{port}", Integer.toString(port));
        Process process =
                new ProcessBuilder("taskset", "-c", "0", "sh", "-c", "exec " + filled)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int last = Runtime.getRuntime().availableProcessors() - 1;
        String self = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("taskset", "-apc", "1-" + last, self)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        URI url = URI.create("http://127.0.0.1:" + port);
        return new EngineServer(process, url, awaitModel(url));
    }

    public URI url() {
        return url;
    }

    /** The first model that it lists. */
    public String model() {
        return model;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static String awaitModel(URI url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
            HttpRequest models = HttpRequest.newBuilder(url.resolve("/v1/models")).build();
            HttpRequest health = HttpRequest.newBuilder(url.resolve("/health")).build();
            while (System.nanoTime() < giveUp) {
                try {
                    if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                        return new JsonMapper()
                                .readTree(http.send(models, BodyHandlers.ofString()).body())
                                .at("/data/0/id")
                                .asString();
                    }
                } catch (IOException notYet) {
                    // It starts.
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IOException("the engine does not answer; its log says why");
    }

    /** A port that nobody uses now. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

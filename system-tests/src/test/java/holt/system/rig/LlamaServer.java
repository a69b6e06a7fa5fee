package holt.system.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** llama.cpp's server, of one thread. {@code .ci/run} installs it. Its model writes until the request's limit, about 500 tokens a second. */
public final class LlamaServer implements AutoCloseable {
    public static final String MODEL = "tiny";

    /** Tokens of each slot. */
    private static final int CONTEXT = 8192;

    private static final Path SCRIPT = Path.of("src", "test", "clients", "llama", "serve.py");
    private static final Path INSTALLED = Path.of("target", "clients");
    private static final Path PYTHON = INSTALLED.resolve("llama").resolve("bin").resolve("python");
    private static final Path LOGS = Path.of("target", "system-logs");
    private static final JsonMapper JSON = new JsonMapper();

    private final Path model;
    private final int slots;
    private final int port = Ports.free();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Process process;

    private LlamaServer(Path model, int slots) {
        this.model = model;
        this.slots = slots;
        process = run();
    }

    /** Skips the test if the server is not installed. With {@code CI=true} the test fails. */
    public static void require() {
        Await.until(() -> !Files.exists(INSTALLED.resolve("installing")));
        boolean installed = Files.isExecutable(PYTHON);
        String missing = "no " + PYTHON + ": .ci/run installs llama.cpp's server";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as(missing).isTrue();
        }
        assumeTrue(installed, missing);
    }

    /** The built-in chat model as a GGUF file, with a longer context and without a token that ends an answer. */
    public static Path model(Path directory) {
        Path folder = directory.resolve("folder");
        try (Stream<Path> files = Files.list(Path.of("..", "models", "holt-chat"))) {
            Files.createDirectories(folder);
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Fixtures.edit(
                    folder.resolve("config.json"), Map.of("max_position_embeddings", CONTEXT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return GgufFixtures.writer(folder).write(directory.resolve(MODEL + ".gguf"));
    }

    /** Waits until it answers. */
    public static LlamaServer start(Path model, int slots) {
        var server = new LlamaServer(model, slots);
        server.awaitReady();
        return server;
    }

    /** The command of such a server, with {@code {port}} where the port goes. */
    public static String command(Path model, int slots) {
        return String.join(" ", command(model, slots, "{port}"));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Number of requests that it works on. */
    public int busy() {
        JsonNode all = get("/slots");
        return (int)
                all.valueStream().filter(slot -> slot.path("is_processing").asBoolean()).count();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts a killed server again, on the same port. */
    public void restart() {
        process = run();
        awaitReady();
    }

    /** Sends a signal, such as {@code STOP}. */
    public void signal(String signal) {
        try {
            int code =
                    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .start()
                            .waitFor();
            assertThat(code).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        http.shutdownNow();
    }

    private void awaitReady() {
        Await.until(() -> {
            assertThat(process.isAlive()).as("llama.cpp's server runs").isTrue();
            try {
                return get("/health").path("status").asString("").equals("ok");
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(url().resolve(path))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process run() {
        try {
            Files.createDirectories(LOGS);
            return new ProcessBuilder(command(model, slots, Integer.toString(port)))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(LOGS.resolve("llama-" + port + ".log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path model, int slots, String port) {
        return List.of(
                PYTHON.toAbsolutePath().toString(),
                SCRIPT.toAbsolutePath().toString(),
                model.toString(),
                MODEL,
                port,
                Integer.toString(slots),
                Integer.toString(CONTEXT));
    }
}

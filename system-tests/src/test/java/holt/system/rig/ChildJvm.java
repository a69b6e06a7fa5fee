package holt.system.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Java process on the test's class path. Its log is in {@code target/system-logs}. */
public final class ChildJvm implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "system-logs");
    private static final int READY_SECONDS = 90;

    private final String name;
    private final Process process;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a process and waits until it has printed a line that begins with {@code ready}.
     *
     * @param options JVM options
     * @param environment added to that of this process
     */
    public static ChildJvm start(
            String name,
            Class<?> main,
            String ready,
            List<String> options,
            Map<String, String> environment,
            String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx320m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                AotCache.CLASS_PATH));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(LOGS);
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            builder.redirectError(
                    ProcessBuilder.Redirect.appendTo(LOGS.resolve(name + ".log").toFile()));
            var child = new ChildJvm(name, builder.start());
            // Reading a pipe blocks a carrier thread, so no virtual thread does it.
            Thread.ofPlatform().daemon().name("read-" + name).start(() -> child.read(ready));
            child.awaitReady();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try {
            ready.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException(
                    "%s did not become ready and ended with %d: %s"
                            .formatted(name, process.exitValue(), lastLines()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted while " + name + " started", e);
        }
    }

    /** The rest of the first line of standard output that begins so. */
    public String printed(String beginning) {
        return printed.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " did not print " + beginning));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends a signal, such as {@code STOP}. */
    public void signal(String signal) {
        try {
            int code =
                    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return the exit code */
    public int awaitExit() {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " did not end within 90 s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL. A test that drains the process sends SIGTERM first. */
    @Override
    public void close() {
        // A time-out interrupts the test, and its processes must still end.
        process.destroyForcibly().onExit().join();
    }

    /** Its log, and that of earlier processes of its name. */
    List<String> log() {
        try {
            return Files.readAllLines(LOGS.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastLines() {
        List<String> lines = log();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private void read(String beginning) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (line.startsWith(beginning)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException(name + " ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }
}

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

/** A Java process on this test's class path. Its log goes to {@code target/system-logs}. */
public final class ChildJvm implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "system-logs");
    private static final int READY_SECONDS = 90;

    private final String name;
    private final Process process;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a process and waits until it has printed a line with that beginning on standard output.
     *
     * @param options of the JVM
     * @param environment beside this process's own
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
                                ClassArchive.CLASS_PATH));
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
            // A read of a pipe holds its carrier: a virtual thread would keep one from the clients.
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

    /** What followed that beginning on a line of its standard output. */
    public String said(String beginning) {
        return said.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " did not say " + beginning));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and the end of it. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** A signal by its name, such as {@code STOP}. */
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
                throw new IllegalStateException(name + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL: what must be drained is told so by the test. */
    @Override
    public void close() {
        // A test that ran out of time is interrupted, and its processes must end all the same.
        process.destroyForcibly().onExit().join();
    }

    /** What it said last, of its log. */
    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(LOGS.resolve(name + ".log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void read(String beginning) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
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

package holt.standalone;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line as processes that write their errors, one after the other, to one file. */
final class HoltProcess {
    private static final String READY = "Holt is ready on ";

    private final Path folder;

    HoltProcess(Path folder) {
        this.folder = folder;
    }

    String data() {
        return folder.resolve("data").toString();
    }

    /** Lets this process use the copy of libtorch that all test runs share, instead of unpacking half a gigabyte. */
    HoltProcess withSharedLibraries() throws IOException {
        Path shared =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "holt-native-" + System.getProperty("user.name"));
        Files.createDirectories(Path.of(data()));
        Files.createSymbolicLink(Path.of(data(), "native"), Files.createDirectories(shared));
        return this;
    }

    String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    Process start(String... words) throws IOException {
        return start(Map.of(), words);
    }

    Process start(Map<String, String> environment, String... words) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx768m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dholt.home=" + Path.of("..").toRealPath(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holt.class.getName()));
        command.addAll(List.of(words));
        // To a file: a pipe that nobody reads would stop a service that logs.
        var builder =
                new ProcessBuilder(command)
                        .redirectError(Redirect.appendTo(folder.resolve("errors").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits until it has ended. */
    static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Waits until it is ready. */
    static String url(Process process) throws IOException {
        return untilReady(process)
                .lines()
                .reduce((_, last) -> last)
                .orElseThrow()
                .substring(READY.length());
    }

    static String untilReady(Process process) throws IOException {
        var output = new StringBuilder();
        var reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            if (line.startsWith(READY)) {
                return output.toString();
            }
        }
        throw new AssertionError("Ended before it was ready: " + output);
    }

    static String get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    static String post(String url, String json) throws IOException, InterruptedException {
        return send(request(url, json));
    }

    static HttpRequest request(String url, String json) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}

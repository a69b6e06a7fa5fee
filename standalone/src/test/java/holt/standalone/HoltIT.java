package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user meets it: a process, its output, its exit code. */
class HoltIT {
    private static final String READY = "Holt is ready on ";

    @TempDir Path temp;

    @Test
    void upAnswersAChatAndEndsWithZeroOnSigterm() throws Exception {
        Process up = start("up", "--port", "0", "--data", data());
        try {
            String url = lastLineUntilReady(up).substring(READY.length());

            assertThat(get(url + "/v1/models")).contains("\"holt-chat\"");
            assertThat(
                            post(
                                    url + "/v1/chat/completions",
                                    """
                                    {"model":"holt-chat","max_tokens":8,
                                     "messages":[{"role":"user","content":"Hello!"}]}\
                                    """))
                    .contains("\"role\":\"assistant\"");

            Process second = start("up", "--port", "0", "--data", data());
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(errors()).contains("Another Holt works in " + data());

            up.destroy();
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isZero();
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void withoutWorkersItNamesTheKeyFileAndNeverTheKey() throws Exception {
        Process up = start("up", "--port", "0", "--workers", "0", "--data", data());
        try {
            String output = untilReady(up);

            assertThat(output)
                    .contains("set -a; . " + data() + "/s3.env; set +a")
                    .contains("./holt worker --kafka 127.0.0.1:")
                    .doesNotContain(KeyFile.read(Path.of(data(), "s3.env")).secret());
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void aBusyPortGetsASentenceAndOne() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process up = start("up", "--port", "" + busy.getLocalPort(), "--data", data());

            assertThat(up.waitFor()).isEqualTo(1);
            assertThat(errors()).contains("port " + busy.getLocalPort() + " is in use");
        }
    }

    @Test
    void aWrongFlagGetsASentenceAndTwo() throws Exception {
        Process up = start("up", "--prot", "1");

        assertThat(up.waitFor()).isEqualTo(2);
        assertThat(errors()).contains("holt up does not know --prot");
    }

    private String errors() throws IOException {
        return Files.readString(temp.resolve("errors"));
    }

    private String data() {
        return temp.resolve("data").toString();
    }

    private Process start(String... words) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx768m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dholt.home=" + Path.of("..").toRealPath(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holt.class.getName()));
        command.addAll(List.of(words));
        // To a file: a pipe that nobody reads would stop a service that logs.
        return new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(temp.resolve("errors").toFile()))
                .start();
    }

    private static String lastLineUntilReady(Process process) throws IOException {
        return untilReady(process).lines().reduce((_, last) -> last).orElseThrow();
    }

    private static String untilReady(Process process) throws IOException {
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

    private static String get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static String post(String url, String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}

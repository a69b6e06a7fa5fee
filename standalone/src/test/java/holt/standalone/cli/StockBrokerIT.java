package holt.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.embedded.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With default settings, Holt runs on a broker whose share groups have Kafka's defaults. */
class StockBrokerIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String QUESTION =
            """
            {"model": "holt-chat", "max_tokens": 8, "messages": [{"role": "user", "content": "Hi"}]}
            """;

    @TempDir Path directory;

    @Test
    void aWorkerStartsAndAnswers() throws Exception {
        try (var broker = TestBroker.start(directory, TestBroker.STOCK);
                var api =
                        StartService.startApi(
                                settings(broker), 0, "127.0.0.1", directory.resolve("api"));
                var _ =
                        StartService.startWorker(
                                settings(broker),
                                null,
                                Path.of("..").toRealPath(),
                                directory.resolve("worker"))) {
            var ask =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            StartService.url(api, "127.0.0.1")
                                                    + "/v1/chat/completions"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                            .build();
            try (var client = HttpClient.newHttpClient()) {
                assertThat(status(client, ask)).isEqualTo(200);
            }
        }
    }

    /** The API knows the model once it has read the worker's announcement. */
    private static int status(HttpClient client, HttpRequest ask) throws Exception {
        long giveUp = System.nanoTime() + SOON.toNanos();
        while (true) {
            int status = client.send(ask, BodyHandlers.discarding()).statusCode();
            if (status != 404 || System.nanoTime() > giveUp) {
                return status;
            }
        }
    }

    private static List<String> settings(TestBroker broker) {
        return Stream.of(
                        "kafka.bootstrap=" + broker.bootstrap(),
                        "store.access-key=otter",
                        "store.secret-key=fish")
                .map(setting -> "--holt." + setting)
                .toList();
    }
}

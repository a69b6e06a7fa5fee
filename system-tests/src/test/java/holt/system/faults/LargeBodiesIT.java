package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.client.HoltClient;
import holt.standalone.client.KeysClient;
import holt.system.rig.Cluster;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients whose bodies together are eight times the heap. */
@Tag("faults")
@Timeout(300)
class LargeBodiesIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static final int CLIENTS = 200;
    private static final int BYTES = 20_000_000;
    private static final Duration SMALL_WITHIN = Duration.ofSeconds(10);

    @TempDir Path directory;

    @Test
    @DisplayName(
            "R182: 200 clients with 20 MB each do not exhaust a heap of 512 MB, nor keep small requests waiting")
    void largeBodiesDoNotExhaustTheHeap() {
        try (var cluster = new Cluster(directory);
                var jobs = new Jobs();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var http = HttpClient.newBuilder().executor(threads).build()) {
            cluster.worker(2);
            Cluster.Api api =
                    cluster.api(
                            "JAVA_TOOL_OPTIONS=-Xmx512m",
                            "HOLT_KEYS_REQUIRED=always",
                            "HOLT_ADMIN_KEY=" + ADMIN);
            Await.until(() -> !new HoltClient(api.url(), ADMIN).models().isEmpty());
            var operator = new KeysClient(api.url(), ADMIN);
            String large = operator.create("large", null, List.of(), null).secret();
            String small = operator.create("small", null, List.of(), null).secret();
            HttpRequest request = large(api.url(), large);

            List<CompletableFuture<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                statuses.add(
                        http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                                .thenApply(HttpResponse::statusCode)
                                // A client that still sends when it is refused may see only the
                                // end of its connection.
                                .exceptionally(_ -> 0));
            }
            List<Duration> answered = new ArrayList<>();
            while (!statuses.stream().allMatch(CompletableFuture::isDone)) {
                var asked = Stopwatch.start();
                assertThat(
                                jobs.ask(
                                                api.url(),
                                                "nonce=small",
                                                "Authorization",
                                                "Bearer " + small)
                                        .join()
                                        .status())
                        .isEqualTo(200);
                answered.add(asked.elapsed());
            }

            assertThat(api.process().isAlive()).isTrue();
            Stopwatch.print(
                    "large bodies answered with 200",
                    statuses.stream().filter(status -> status.join() == 200).count());
            Stopwatch.print(
                    "large bodies refused with 429",
                    statuses.stream().filter(status -> status.join() == 429).count());
            Stopwatch.print("small requests meanwhile", answered.size());
            Stopwatch.print("the slowest of them", answered.stream().max(Duration::compareTo));
            assertThat(statuses).allMatch(status -> List.of(0, 200, 429).contains(status.join()));
            assertThat(statuses).anyMatch(status -> status.join() == 200);
            assertThat(answered).allMatch(time -> time.compareTo(SMALL_WITHIN) < 0);
        }
    }

    private static HttpRequest large(URI api, String key) {
        byte[] begin =
                "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"nonce=large "
                        .getBytes(StandardCharsets.UTF_8);
        byte[] end = "\"}]}".getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[BYTES];
        Arrays.fill(body, (byte) 'x');
        System.arraycopy(begin, 0, body, 0, begin.length);
        System.arraycopy(end, 0, body, BYTES - end.length, end.length);
        return HttpRequest.newBuilder(api.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(200))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}

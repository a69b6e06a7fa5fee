package holt.system.rig;

import holt.standalone.Holt;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Before the first test of a build, a broker, an API instance and a worker start, answer and drain. They record the {@link AotCache}s of all later
 * processes. No test's time includes the recording.
 */
public final class RecordAotCaches implements BeforeAllCallback {
    private static boolean done;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getName().endsWith("IT")) {
            once();
        }
    }

    private static synchronized void once() {
        if (!done) {
            done = true;
            AotCache.locked(RecordAotCaches::recordMissing);
        }
    }

    private static boolean recordMissing() {
        List<AotCache> caches =
                Stream.of(BrokerMain.class, Holt.class, WorkerMain.class)
                        .map(AotCache::new)
                        .toList();
        if (!caches.stream().allMatch(AotCache::isWritten)) {
            var stopwatch = Stopwatch.start();
            try {
                record();
                for (AotCache cache : caches) {
                    cache.keep();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Stopwatch.print("AOT caches", stopwatch.elapsed());
        }
        return true;
    }

    private static void record() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "record-aot");
        try (var cluster = Cluster.recorded(directory);
                var chat = new Chat()) {
            var starting = CompletableFuture.supplyAsync(cluster::api);
            cluster.worker(8);
            Cluster.Api api = starting.join();
            Await.until(() ->
                    chat.isReady(api.management()) && chat.lists(api.url(), Cluster.MODEL.name()));
            chat.ask(api.url(), "nonce=whole words=2");
            chat.request(api.url(), "nonce=stream words=2 stream=true").join();
            List<ChildJvm> clients = cluster.processes();
            clients.forEach(child -> child.signal("TERM"));
            clients.forEach(ChildJvm::awaitExit);
            cluster.broker().signal("TERM");
            cluster.broker().awaitExit();
        }
    }
}

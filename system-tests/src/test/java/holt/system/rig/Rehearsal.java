package holt.system.rig;

import holt.standalone.Holt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Before the first test of a build, a broker, an API instance and a worker record what they load while they start, answer and are drained: the
 * {@link ClassArchive}s of all that follow. It is in no test's own time, and no process of a test is slowed by recording.
 */
public final class Rehearsal implements BeforeAllCallback {
    private static boolean begun;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        once();
    }

    private static synchronized void once() throws IOException {
        List<ClassArchive> archives =
                Stream.of(BrokerMain.class, Holt.class, WorkerMain.class)
                        .map(ClassArchive::new)
                        .toList();
        if (begun || archives.stream().allMatch(ClassArchive::isWritten)) {
            return;
        }
        begun = true;
        var took = Timed.now();
        play();
        for (ClassArchive archive : archives) {
            archive.keep();
        }
        Timed.print("class archives", took.elapsed());
    }

    private static void play() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "rehearsal");
        try (var cluster = Cluster.recorded(directory);
                var chat = new Chat()) {
            var starting = CompletableFuture.supplyAsync(cluster::api);
            cluster.worker(8);
            Cluster.Api api = starting.join();
            Await.until(() -> chat.isReady(api) && chat.lists(api.url(), Cluster.MODEL.name()));
            chat.ask(api.url(), "nonce=whole words=2");
            chat.tell(api.url(), "nonce=stream words=2 stream=true").join();
            List<ChildJvm> clients = cluster.processes();
            clients.forEach(child -> child.signal("TERM"));
            clients.forEach(ChildJvm::awaitExit);
            cluster.broker().signal("TERM");
            cluster.broker().awaitExit();
        }
    }
}

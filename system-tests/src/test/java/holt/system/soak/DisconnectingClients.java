package holt.system.soak;

import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Pause;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A client that sends requests and disconnects before their answers. */
final class DisconnectingClients implements AutoCloseable {
    private static final int LONGEST_MILLIS = 600;

    private final Cluster cluster;
    private final Thread thread = Thread.ofVirtual().name("leaving").unstarted(this::run);
    private volatile boolean stopped;

    DisconnectingClients(Cluster cluster) {
        this.cluster = cluster;
        thread.start();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (int i = 0; !stopped; i++) {
            List<Cluster.Api> apis = cluster.apis();
            if (apis.isEmpty()) {
                continue;
            }
            var api = apis.get(i % apis.size());
            int stay = ThreadLocalRandom.current().nextInt(LONGEST_MILLIS);
            try (Socket _ = Chat.hold(api.url(), "nonce=leaves" + i + " sleep=400")) {
                Pause.of(Duration.ofMillis(stay)).await();
            } catch (IOException gone) {
                // The instance was killed. The next one lives.
                Pause.of(Duration.ofMillis(stay)).await();
            }
        }
    }
}

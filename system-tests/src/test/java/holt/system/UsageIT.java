package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.client.AdminClient;
import holt.standalone.client.ServedUsage;
import holt.system.rig.Cluster;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import holt.system.rig.topics.JobEvents;
import holt.system.rig.topics.UsageRows;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Usage on several API instances. */
@Timeout(120)
class UsageIT {
    private static final ServedUsage NONE = new ServedUsage("", "", "", 0, 0, 0, 0, 0, 0);

    private static final String NO_SNAPSHOTS = "HOLT_HISTORY_SNAPSHOT_EVERY=0s";

    @TempDir Path directory;

    @Test
    @DisplayName(
            "R189: every instance shows the same usage, and counts each job once, over the death of the owner and of the log")
    void usageIsTheSameEverywhereAndOutlivesTheLog() throws Exception {
        try (var cluster = Cluster.onAnyBroker(directory);
                var jobs = new Jobs()) {
            // Given two instances that took ten jobs together
            Cluster.Api one = cluster.api(NO_SNAPSHOTS);
            Cluster.Api two = cluster.api(NO_SNAPSHOTS);
            cluster.worker(4);
            for (int i = 0; i < 10; i++) {
                ask(jobs, i % 2 == 0 ? one.url() : two.url(), "used" + i);
            }
            Await.until(() -> usage(one.url()).jobs() == 10 && usage(two.url()).jobs() == 10);
            ServedUsage both = usage(one.url());
            assertThat(usage(two.url())).isEqualTo(both);
            assertThat(both.failed()).isZero();
            assertThat(both.completionTokens()).isPositive();

            // When one of them is killed, and more jobs end
            one.process().kill();
            ask(jobs, two.url(), "later1");
            ask(jobs, two.url(), "later2");
            Await.until(() -> usage(two.url()).jobs() == 12);

            // Then the owner writes the hours within its election and its round
            Await.until(Duration.ofSeconds(40), () -> written(cluster) >= 12);

            // And an instance that has neither a history nor a log shows the same
            JobEvents.deleteAll(cluster.clients());
            Cluster.Api fresh =
                    cluster.api(
                            NO_SNAPSHOTS,
                            "HOLT_HISTORY_DIRECTORY=" + directory.resolve("elsewhere"));
            Await.until(() -> usage(fresh.url()).equals(usage(two.url())));
            assertThat(usage(fresh.url()).jobs()).isEqualTo(12);
        }
    }

    private static void ask(Jobs jobs, URI api, String nonce) {
        Jobs.Reply reply = jobs.ask(api, "nonce=" + nonce).join();
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    }

    /** Of all hours. The test may run over the end of one. */
    private static ServedUsage usage(URI api) {
        return new AdminClient(api, null)
                .usage(Instant.now().minus(Duration.ofHours(5))).stream()
                        .reduce(ServedUsage::plus)
                        .orElse(NONE);
    }

    /** The jobs that the topic has. */
    private static long written(Cluster cluster) {
        return UsageRows.read(cluster.clients()).stream()
                .collect(
                        Collectors.toMap(
                                row -> row.key(),
                                row -> row.counts().jobs(),
                                (_, newest) -> newest))
                .values()
                .stream()
                .mapToLong(jobs -> jobs)
                .sum();
    }
}

package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.client.HoltClient;
import holt.standalone.client.KeysClient;
import holt.system.rig.Cluster;
import holt.system.rig.http.Jobs;
import holt.system.rig.script.RunLog;
import holt.system.rig.time.Await;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that share one slot. */
class FairCallersIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static final int MANY = 60;
    private static final int FEW = 10;

    @TempDir Path directory;

    @Test
    @DisplayName(
            "R161: a caller with few jobs does not wait for the backlog of another, and R162: no caller exceeds its limit")
    void aBacklogDelaysNobodyElse() {
        try (var cluster = new Cluster(directory);
                var jobs = new Jobs()) {
            // Given two callers, and a backlog of one of them
            cluster.worker(1);
            URI api = cluster.api("HOLT_KEYS_REQUIRED=always", "HOLT_ADMIN_KEY=" + ADMIN).url();
            Await.until(() -> !new HoltClient(api, ADMIN).models().isEmpty());
            var operator = new KeysClient(api, ADMIN);
            String greedy = operator.create("greedy", null, List.of(), null).secret();
            String modest = operator.create("modest", null, List.of(), null).secret();
            List<CompletableFuture<Jobs.Reply>> backlog = ask(MANY, "greedy", jobs, api, greedy);
            Await.until(() -> cluster.starts("greedy2").size() == 1);
            int before = starts(cluster);

            // When the other one comes
            List<CompletableFuture<Jobs.Reply>> few = ask(FEW, "modest", jobs, api, modest);
            few.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));

            // Then it had about every second turn
            assertThat(starts(cluster) - before).isLessThan(3 * FEW);
            backlog.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));

            // And a limit of the key holds
            operator.limit(modest.substring(3, 15), Map.of("concurrency", 2));
            List<Integer> statuses =
                    ask(FEW, "limited", jobs, api, modest).stream()
                            .map(reply -> reply.join().status())
                            .toList();
            assertThat(statuses).containsOnly(200, 429).contains(200);
        }
    }

    private static int starts(Cluster cluster) {
        return (int) cluster.runs().stream().filter(RunLog.Run::isStart).count();
    }

    private static List<CompletableFuture<Jobs.Reply>> ask(
            int count, String nonce, Jobs jobs, URI api, String key) {
        var replies = new ArrayList<CompletableFuture<Jobs.Reply>>();
        for (int i = 0; i < count; i++) {
            replies.add(
                    jobs.ask(
                            api,
                            "nonce=" + nonce + i + " sleep=50",
                            "Authorization",
                            "Bearer " + key));
        }
        return replies;
    }
}

package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.client.HoltClient;
import holt.standalone.client.KeysClient;
import holt.system.rig.Cluster;
import holt.system.rig.http.Jobs;
import holt.system.rig.script.RunLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
    private static final int SLOTS = 8;
    private static final int LONG_JOBS = 1_000;
    private static final int SHORT_JOBS = 50;
    private static final Duration LONG = Duration.ofMillis(300);

    /** Of a machine that also runs the broker, the workers and other tests. */
    private static final Duration NOISE = Duration.ofMillis(100);

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

    @Test
    @DisplayName(
            "R177: a backlog at one of two instances gets all slots, and R178: it delays a short job at the other by no more than one run")
    void aBacklogAtOneInstanceDelaysNobodyAtAnother() {
        try (var cluster = new Cluster(directory);
                var jobs = new Jobs()) {
            // Given two instances, eight slots, and how long a short job takes alone
            cluster.worker(SLOTS / 2);
            cluster.worker(SLOTS / 2);
            URI one = cluster.api("HOLT_KEYS_REQUIRED=always", "HOLT_ADMIN_KEY=" + ADMIN).url();
            URI two = cluster.api("HOLT_KEYS_REQUIRED=always", "HOLT_ADMIN_KEY=" + ADMIN).url();
            var operator = new KeysClient(one, ADMIN);
            String greedy = operator.create("greedy", null, List.of(), null).secret();
            String modest = operator.create("modest", null, List.of(), null).secret();
            Await.until(() -> jobs.ask(two, "nonce=warm", bearer(modest)).join().status() == 200);
            Duration alone = p95(shortJobs(SHORT_JOBS, jobs, two, modest));

            // When one instance has a thousand long jobs
            List<CompletableFuture<Jobs.Reply>> backlog = new ArrayList<>();
            for (int i = 0; i < LONG_JOBS; i++) {
                backlog.add(
                        jobs.ask(
                                one,
                                "nonce=long sleep=%d words=20".formatted(LONG.toMillis()),
                                bearer(greedy)));
            }
            Await.until(() -> ends(cluster, "long") > LONG_JOBS / 10);

            // Then it gets all slots. Its own share of the window would give it six
            Part before = part(cluster, LONG_JOBS / 10, LONG_JOBS / 2);
            Stopwatch.print("slots that one of two instances used", share(before.busy));

            // And the short jobs of the other wait for one run, and cost no throughput
            List<Duration> waited = new ArrayList<>();
            while (ends(cluster, "long") < LONG_JOBS * 9 / 10) {
                waited.addAll(shortJobs(1, jobs, two, modest));
            }
            Part beside = part(cluster, LONG_JOBS / 2, LONG_JOBS * 9 / 10);
            Duration p95 = p95(waited);
            Stopwatch.print("short jobs alone, p95", alone);
            Stopwatch.print("%d beside long ones, p95".formatted(waited.size()), p95);
            Stopwatch.print("slots used beside them", share(beside.busy));
            Stopwatch.print("throughput beside them", share(beside.perSecond / before.perSecond));
            assertThat(before.most).isEqualTo(SLOTS);
            assertThat(p95).isLessThan(alone.plus(LONG).plus(NOISE));
            assertThat(beside.perSecond / before.perSecond).isGreaterThan(0.85);
            backlog.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
        }
    }

    private static List<Duration> shortJobs(int count, Jobs jobs, URI api, String key) {
        var times = new ArrayList<Duration>();
        for (int i = 0; i < count; i++) {
            var asked = Stopwatch.start();
            assertThat(jobs.ask(api, "nonce=short sleep=3", bearer(key)).join().status())
                    .isEqualTo(200);
            times.add(asked.elapsed());
        }
        return times;
    }

    /**
     * A part of the backlog.
     *
     * @param most jobs that ran at once
     * @param busy the share of the slots that jobs used meanwhile
     * @param perSecond long jobs that ended
     */
    private record Part(int most, double busy, double perSecond) {}

    /** From one end of a long job to another. */
    private static Part part(Cluster cluster, int from, int to) {
        Await.until(() -> ends(cluster, "long") >= to);
        List<RunLog.Run> runs =
                cluster.runs().stream()
                        .filter(run -> !run.what().equals("stop"))
                        .sorted(Comparator.comparingLong(RunLog.Run::millis))
                        .toList();
        long began = 0;
        long last = 0;
        long busy = 0;
        int running = 0;
        int most = 0;
        int ended = 0;
        for (RunLog.Run run : runs) {
            if (ended >= from) {
                busy += running * (run.millis() - last);
                most = Math.max(most, running);
            }
            last = run.millis();
            running += run.isStart() ? 1 : -1;
            if (!run.isStart() && run.nonce().equals("long")) {
                ended++;
                began = ended == from ? last : began;
                if (ended == to) {
                    break;
                }
            }
        }
        double millis = last - began;
        return new Part(most, busy / millis / SLOTS, (to - from) * 1000 / millis);
    }

    private static int ends(Cluster cluster, String nonce) {
        return (int)
                cluster.runs().stream()
                        .filter(run -> run.what().equals("end") && run.nonce().equals(nonce))
                        .count();
    }

    private static Duration p95(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() * 95 / 100);
    }

    private static String share(double share) {
        return Math.round(share * 1000) / 10.0 + " %";
    }

    private static String[] bearer(String key) {
        return new String[] {"Authorization", "Bearer " + key};
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

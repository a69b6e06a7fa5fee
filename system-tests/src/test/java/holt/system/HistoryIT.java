package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import holt.system.rig.topics.JobEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an API instance still knows after it was killed. */
@Timeout(120)
class HistoryIT {
    @TempDir Path directory;

    private Cluster cluster;
    private Jobs jobs;

    @BeforeEach
    void start() {
        cluster = Cluster.onAnyBroker(directory);
        jobs = new Jobs();
    }

    @AfterEach
    void stop() {
        jobs.close();
        cluster.close();
    }

    @Test
    @DisplayName("R150: a killed instance goes on with its history, and a key is honoured")
    void aKilledInstanceGoesOnWithItsHistory() throws Exception {
        Cluster.Api killed = cluster.api();
        cluster.worker(4);
        Jobs.Reply first = ask(killed, "kept");
        Await.until(() -> jobs.status(killed.url(), first.jobId()).equals("completed"));

        killed.process().kill();
        Cluster.Api next = cluster.api();

        assertThat(jobs.status(next.url(), first.jobId())).isEqualTo("completed");
        Jobs.Reply again = ask(next, "kept");
        assertThat(again.jobId()).isEqualTo(first.jobId());
        assertThat(again.text()).isEqualTo("kept.0 ");
        assertThat(cluster.starts("kept")).hasSize(1);
        // It took the folder of the killed one.
        assertThat(directory.resolve("history/0/identity")).exists();
        assertThat(directory.resolve("history/1")).doesNotExist();
    }

    @Test
    @DisplayName("R151: an instance whose history is lost reads the log anew")
    void anInstanceWhoseHistoryIsLostReadsTheLogAnew() throws Exception {
        Cluster.Api killed = cluster.api();
        cluster.worker(4);
        Jobs.Reply first = ask(killed, "lost");
        Await.until(() -> jobs.status(killed.url(), first.jobId()).equals("completed"));

        killed.process().kill();
        Files.delete(directory.resolve("history/0/db/CURRENT"));
        Cluster.Api next = cluster.api();

        assertThat(jobs.status(next.url(), first.jobId())).isEqualTo("completed");
        assertThat(ask(next, "lost").jobId()).isEqualTo(first.jobId());
        assertThat(cluster.starts("lost")).hasSize(1);
    }

    @Test
    @DisplayName(
            "R156: an instance without a history begins with a snapshot, and R153: a deleted result gets 410")
    void anInstanceWithoutAHistoryBeginsWithASnapshot() throws Exception {
        Cluster.Api owner = cluster.api("HOLT_HISTORY_SNAPSHOT_EVERY=1s");
        cluster.worker(4);
        Jobs.Reply reply = ask(owner, "snapshot");
        Await.until(() -> jobs.status(owner.url(), reply.jobId()).equals("completed"));
        long ended = System.currentTimeMillis();
        Await.until(() -> newestSnapshot() > ended);

        // Only the snapshot knows the job from here on.
        JobEvents.deleteAll(cluster.clients());
        Cluster.Api begun = cluster.api("HOLT_HISTORY_DIRECTORY=" + directory.resolve("elsewhere"));

        Jobs.Reply known = jobs.get(begun.url(), reply.jobId());
        assertThat(known.status()).as(known.body().toString()).isEqualTo(410);
        assertThat(known.code()).isEqualTo(2025);
        Jobs.Reply other =
                jobs.ask(begun.url(), "nonce=other", "Idempotency-Key", "snapshot").join();
        assertThat(other.status()).as("the key is honoured").isEqualTo(422);
    }

    @Test
    @Tag("faults")
    @Timeout(300)
    @DisplayName("R152, R153: with a retention of 60 s, a key and its result live for 60 s")
    void aKeyAndItsResultLiveForTheRetention() throws Exception {
        String minute = "HOLT_QUEUE_RESULT_RETENTION=60s";
        Cluster.Api first = cluster.api(minute);
        cluster.worker(4, minute);
        Jobs.Reply reply = ask(first, "minute");
        Await.until(() -> jobs.status(first.url(), reply.jobId()).equals("completed"));
        long ended = System.nanoTime();
        first.process().kill();
        Cluster.Api next = cluster.api(minute);
        assertThat(ask(next, "minute").jobId()).isEqualTo(reply.jobId());

        Await.until(
                Duration.ofMinutes(2), () -> jobs.get(next.url(), reply.jobId()).status() != 200);
        assertThat(Duration.ofNanos(System.nanoTime() - ended))
                .isBetween(Duration.ofSeconds(58), Duration.ofSeconds(65));
        assertThat(jobs.get(next.url(), reply.jobId()).status()).isEqualTo(410);
        assertThat(jobs.get(next.url(), reply.jobId()).code()).isEqualTo(2025);
        assertThat(cluster.starts("minute")).hasSize(1);

        assertThat(ask(next, "minute").jobId()).isEqualTo(reply.jobId());
        assertThat(cluster.starts("minute")).hasSize(2);
        assertThat(jobs.get(next.url(), reply.jobId()).status()).isEqualTo(200);
    }

    /** The time in its key. */
    private long newestSnapshot() {
        try (Stream<Path> objects = Files.walk(directory.resolve("objects"))) {
            return objects.filter(object -> object.toString().contains("/manifests/"))
                    .map(object -> object.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            // A file that is written just now.
            return 0;
        }
    }

    private Jobs.Reply ask(Cluster.Api api, String nonce) {
        Jobs.Reply reply = jobs.ask(api.url(), "nonce=" + nonce, "Idempotency-Key", nonce).join();
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply;
    }
}

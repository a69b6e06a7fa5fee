package holt.api.queue.history;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.queue.index.JobBatch;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.StoredJob;
import holt.kafka.TopicExtent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.store.InMemoryObjectStore;
import holt.store.StoredKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final TopicExtent LOG = log("topic", 0, 100);

    @TempDir Path owners;
    @TempDir Path others;

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private Instant now = START;

    @Test
    @DisplayName("R156: an instance without a history begins with the newest snapshot")
    void anInstanceWithoutAHistoryBeginsWithTheNewestSnapshot() {
        snapshot(0, 10);
        snapshot(10, 20);

        try (RocksJobStore begun = new OpenHistory(LOG, store).in(others)) {
            assertThat(begun.offsets()).isEqualTo(Map.of(0, 20L));
            for (int job = 0; job < 20; job++) {
                assertThat(begun.get(new JobId("j" + job))).isNotNull();
            }
        }
        try (RocksJobStore again = new OpenHistory(LOG, null).in(others)) {
            assertThat(again.offsets()).isEqualTo(Map.of(0, 20L));
        }
    }

    @Test
    @DisplayName("R156: an instance that has a history does not fetch a snapshot")
    void anInstanceWithAHistoryKeepsIt() {
        snapshot(0, 10);
        try (RocksJobStore own = new OpenHistory(LOG, null).in(others)) {
            write(own, 0, 5);
        }

        try (RocksJobStore own = new OpenHistory(LOG, store).in(others)) {
            assertThat(own.offsets()).isEqualTo(Map.of(0, 5L));
        }
    }

    @Test
    @DisplayName("R156: a snapshot uploads only what earlier ones lack, and old ones are swept")
    void aSnapshotUploadsOnlyWhatIsNewAndOldOnesAreSwept() {
        try (RocksJobStore own = new OpenHistory(LOG, store).in(owners)) {
            write(own, 0, 20_000);
            KeepSnapshots keep = keep(own);
            keep.work(now);
            List<String> first = tables();
            // Each snapshot adds a file. From the fourth on, the database may rewrite them.
            for (int i = 0; i < 2; i++) {
                write(own, 20_000 + i, 20_001 + i);
                now = now.plus(EVERY);
                keep.work(now);
            }
            assertThat(tables()).containsAll(first);
            assertThat(keys("/manifests/")).hasSize(2);

            List<String> before = keys("");
            keep.work(now.plus(EVERY).minusMillis(1));
            assertThat(keys("")).as("none is due").isEqualTo(before);
        }
        assertThat(owners.resolve("0/snapshot")).doesNotExist();
    }

    @Test
    @DisplayName("R156: a damaged snapshot is not used")
    void aDamagedSnapshotIsNotUsed() {
        snapshot(0, 10);
        for (String part : keys("/parts/")) {
            byte[] bytes = store.get(part);
            bytes[bytes.length / 2] ^= 1;
            store.put(part, bytes, "");
        }
        isEmpty(LOG);
    }

    @Test
    @DisplayName("R156: a snapshot that lacks a part is not used")
    void aSnapshotThatLacksAPartIsNotUsed() {
        snapshot(0, 10);
        store.delete(keys("/parts/").getFirst());
        isEmpty(LOG);
    }

    @Test
    @DisplayName("R156: a snapshot of another log, or from before the oldest event, is not used")
    void aSnapshotThatTheLogCannotContinueIsNotUsed() {
        snapshot(0, 10);
        isEmpty(log("another", 0, 100));
        isEmpty(log("topic", 11, 100));
    }

    @Test
    void aStoreThatIsAwayDelaysNothing() {
        store.setDown(true);
        isEmpty(LOG);
        snapshot(0, 10);
        store.setDown(false);
        assertThat(keys("")).isEmpty();
    }

    @Test
    void whatAnotherLogHasLeftIsSweptAfterTwoDays() {
        snapshot(0, 10);
        List<String> left = keys("");
        now = now.plus(Duration.ofDays(3));

        try (RocksJobStore own = new OpenHistory(log("another", 0, 100), store).in(others)) {
            keep(own).work(now);
        }

        assertThat(keys("")).isNotEmpty().doesNotContainAnyElementsOf(left);
    }

    private void isEmpty(TopicExtent log) {
        try (RocksJobStore begun = new OpenHistory(log, store).in(others)) {
            assertThat(begun.offsets()).isEmpty();
            assertThat(Files.exists(others.resolve("0/snapshot"))).isFalse();
        }
        new OpenHistory(log, store).in(others).close();
    }

    private void snapshot(int from, int until) {
        try (RocksJobStore own = new OpenHistory(LOG, null).in(owners)) {
            write(own, from, until);
            keep(own).work(now);
        }
        now = now.plus(EVERY);
    }

    private KeepSnapshots keep(RocksJobStore own) {
        return new KeepSnapshots(own, store, EVERY, () -> now);
    }

    private List<String> keys(String part) {
        try (Stream<StoredKey> all = store.list("history/")) {
            return all.map(StoredKey::key).filter(key -> key.contains(part)).toList();
        }
    }

    /** The parts that are larger than the small files of a database. */
    private List<String> tables() {
        return keys("/parts/").stream().filter(key -> store.get(key).length > 100_000).toList();
    }

    private static void write(RocksJobStore store, int from, int until) {
        store.commit(
                new JobBatch(
                        Map.of(0, (long) until),
                        IntStream.range(from, until).mapToObj(SnapshotsTest::put).toList(),
                        Map.of(),
                        Instant.EPOCH));
    }

    private static JobBatch.Put put(int job) {
        var head =
                new JobHead(
                        new JobId("j" + job),
                        START.plusMillis(job),
                        new ModelName("m"),
                        null,
                        JobStatus.COMPLETED,
                        null,
                        START.plus(Duration.ofDays(1)));
        return new JobBatch.Put(new StoredJob(head, new byte[] {1}), null);
    }

    private static TopicExtent log(String id, long begin, long end) {
        return new TopicExtent(id, Map.of(0, begin), Map.of(0, end));
    }
}

package holt.api.queue.history;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.queue.index.JobBatch;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.JobStoreContract;
import holt.api.queue.index.ListPlace;
import holt.api.queue.index.MemoryJobStore;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class RocksJobStoreTest extends JobStoreContract {
    @TempDir Path directory;
    private RocksJobStore store;

    @BeforeEach
    void open() throws RocksDBException {
        store = new RocksJobStore(HistorySlot.take(directory, "x"), "x");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected JobStore store() {
        return store;
    }

    @Test
    void aStoreThatIsOpenedAgainHasAllThatWasWritten() throws Exception {
        store.commit(
                new JobBatch(Map.of(3, 9L), List.of(put(live("a", 0), null)), Map.of(), NEVER));
        close();
        open();

        assertThat(store.offsets()).isEqualTo(Map.of(3, 9L));
        assertThat(live()).containsExactly("a");
        assertThat(list(JobFilter.all())).containsExactly("a");
    }

    @Test
    void aPageThatLooksAtTooMuchIsShortAndGoesOn() {
        var puts = new ArrayList<JobBatch.Put>();
        for (int i = 0; i < 60_000; i++) {
            // Neighbours are in one of the lists each, so that no list can jump far.
            boolean even = i % 2 == 0;
            puts.add(
                    put(
                            head(
                                    "j" + i,
                                    i,
                                    even ? "m" : "n",
                                    "c",
                                    even ? JobStatus.COMPLETED : JobStatus.CANCELLED,
                                    null,
                                    99_999),
                            null));
        }
        puts.add(put(head("both", -1, "m", "c", JobStatus.CANCELLED, null, 99_999), null));
        store.commit(batch(puts.toArray(JobBatch.Put[]::new)));
        JobFilter filter = JobFilter.all().ofModel(new ModelName("m")).in(JobStatus.CANCELLED);

        JobPage first = store.list(filter, null, 100);
        assertThat(first.jobs()).isEmpty();
        assertThat(first.next()).isNotNull();

        assertThat(store.list(filter, first.next(), 100).jobs())
                .extracting(job -> job.id().value())
                .containsExactly("both");
    }

    @Test
    void givesTheSameListsAsAStoreInMemoryAfterAnyHistory() {
        var random = new Random(16);
        var reference = new MemoryJobStore();
        var known = new HashMap<JobId, JobHead>();
        for (int round = 0; round < 200; round++) {
            var puts = new HashMap<JobId, JobBatch.Put>();
            for (int i = random.nextInt(8); i > 0; i--) {
                JobHead job = randomJob(random, round);
                puts.computeIfAbsent(job.id(), id -> put(job, known.get(id)));
            }
            var forget = START.plusMillis(random.nextInt(10) == 0 ? round * 10L : 0);
            var batch =
                    new JobBatch(
                            Map.of(0, (long) round), List.copyOf(puts.values()), Map.of(), forget);
            reference.commit(batch);
            store.commit(batch);
            known.values().removeIf(job -> job.forget() != null && job.forget().isBefore(forget));
            puts.values().forEach(put -> known.put(put.job().head().id(), put.job().head()));

            JobFilter filter = randomFilter(random);
            assertThat(pages(store, filter, 1 + random.nextInt(5)))
                    .isEqualTo(pages(reference, filter, 1_000));
        }
        assertThat(live()).isNotEmpty();
        var expected = new ArrayList<String>();
        reference.live(job -> expected.add(job.head().id().value()));
        assertThat(live()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<JobHead> pages(JobStore store, JobFilter filter, int most) {
        var all = new ArrayList<JobHead>();
        ListPlace after = null;
        do {
            JobPage page = store.list(filter, after, most);
            all.addAll(page.jobs());
            after = page.next();
        } while (after != null);
        return all;
    }

    private static JobHead randomJob(Random random, int round) {
        JobStatus status = JobStatus.values()[random.nextInt(JobStatus.values().length)];
        return new JobHead(
                new JobId("job-" + random.nextInt(60)),
                START.plusMillis(round * 10L + random.nextInt(10)),
                new ModelName("m" + random.nextInt(3)),
                random.nextInt(4) == 0 ? null : "c" + random.nextInt(3),
                status,
                status == JobStatus.FAILED ? Failure.WORKER_FAILED : null,
                status.isEnd() ? START.plusMillis(round * 10L + 300) : null);
    }

    private static JobFilter randomFilter(Random random) {
        JobFilter filter = JobFilter.all();
        if (random.nextBoolean()) {
            filter = filter.ofModel(new ModelName("m" + random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            filter = filter.ofCaller("c" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            filter = filter.in(JobStatus.values()[random.nextInt(JobStatus.values().length)]);
        }
        if (random.nextInt(4) == 0) {
            filter = filter.failedBy(Failure.WORKER_FAILED);
        }
        if (random.nextInt(4) == 0) {
            filter =
                    filter.between(
                            START.plusMillis(random.nextInt(1_000)),
                            START.plusMillis(random.nextInt(2_000)));
        }
        return filter;
    }
}

package holt.api.queue.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.queue.index.JobBatch;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.StoreBrokenError;
import holt.api.queue.index.StoredJob;
import holt.kafka.TopicExtent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenHistoryTest {
    private static final TopicExtent LOG = log("topic", 0, 100);
    private static final JobId JOB = new JobId("a");

    @TempDir Path directory;

    @Test
    @DisplayName("R150: a start goes on at the offsets that were written with the jobs")
    void aStartGoesOnWhereTheLastOneEnded() {
        write(LOG, 40);

        try (JobStore again = new OpenHistory(LOG, null).in(directory)) {
            assertThat(again.offsets()).isEqualTo(Map.of(0, 40L));
            assertThat(again.get(JOB)).isNotNull();
        }
    }

    @Test
    @DisplayName("R151: the history of another log is made anew")
    void theHistoryOfAnotherLogIsMadeAnew() {
        write(LOG, 40);
        isNew(log("another", 0, 100));
    }

    @Test
    @DisplayName("R151: a history that lacks events which the log has deleted is made anew")
    void aHistoryBeforeTheOldestEventIsMadeAnew() {
        write(LOG, 40);
        isNew(log("topic", 41, 100));
    }

    @Test
    @DisplayName("R151: a history that has events which the log has lost is made anew")
    void aHistoryBehindTheNewestEventIsMadeAnew() {
        write(LOG, 40);
        isNew(log("topic", 0, 39));
    }

    @Test
    @DisplayName("R151: a history of another version is made anew")
    void aHistoryOfAnotherVersionIsMadeAnew() throws Exception {
        write(LOG, 40);
        Files.writeString(directory.resolve("0/identity"), "holt history 0.0 topic");
        isNew(LOG);
    }

    @Test
    @DisplayName("R151: a history that cannot be opened is made anew")
    void aHistoryThatCannotBeOpenedIsMadeAnew() throws Exception {
        write(LOG, 40);
        Files.writeString(directory.resolve("0/db/CURRENT"), "rubbish");
        isNew(LOG);
    }

    @Test
    @DisplayName("R151: a history that turns out to be damaged is made anew at the next start")
    void aHistoryThatTurnsOutToBeDamagedIsMadeAnewAtTheNextStart() throws Exception {
        // Many jobs, so that an open does not read all of them.
        writeMany(20_000);
        for (Path file : tables()) {
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(bytes.length() / 3);
                bytes.write(new byte[50]);
            }
        }
        try (JobStore damaged = new OpenHistory(LOG, null).in(directory)) {
            assertThat(damaged.offsets()).isEqualTo(Map.of(0, 40L));
            assertThatThrownBy(() -> readMany(damaged, 20_000))
                    .isInstanceOf(StoreBrokenError.class)
                    .hasMessageContaining("damaged");
            assertThatThrownBy(damaged::offsets)
                    .as("the fold, which has not met the damage itself")
                    .isInstanceOf(StoreBrokenError.class);
        }
        isNew(LOG);
    }

    @Test
    void instancesThatShareADirectoryHaveAFolderEach() {
        try (JobStore first = new OpenHistory(LOG, null).in(directory);
                JobStore second = new OpenHistory(LOG, null).in(directory)) {
            commit(first, 7);
            assertThat(second.offsets()).isEmpty();
            commit(second, 9);
        }
        try (JobStore first = new OpenHistory(LOG, null).in(directory)) {
            assertThat(first.offsets()).isEqualTo(Map.of(0, 7L));
        }
    }

    @Test
    void anInstanceTakesTheFolderOfItsLog() {
        try (JobStore _ = new OpenHistory(log("another", 0, 9), null).in(directory)) {
            write(LOG, 40);
        }
        try (JobStore again = new OpenHistory(LOG, null).in(directory)) {
            assertThat(again.offsets()).isEqualTo(Map.of(0, 40L));
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamedWithItsSetting() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatIllegalStateException()
                .isThrownBy(() -> new OpenHistory(LOG, null).in(file))
                .withMessageStartingWith("holt.history.directory: ");
    }

    @Test
    void aClosedHistoryAnswersNothing() {
        JobStore store = new OpenHistory(LOG, null).in(directory);
        store.close();

        assertThatIllegalStateException().isThrownBy(() -> store.get(JOB));
        store.close();
    }

    private void write(TopicExtent log, long offset) {
        try (JobStore store = new OpenHistory(log, null).in(directory)) {
            commit(store, offset);
        }
    }

    private void isNew(TopicExtent log) {
        try (JobStore store = new OpenHistory(log, null).in(directory)) {
            assertThat(store.offsets()).isEmpty();
            assertThat(store.get(JOB)).isNull();
            commit(store, 50);
        }
        try (JobStore again = new OpenHistory(log(log.id(), 0, 100), null).in(directory)) {
            assertThat(again.offsets()).isEqualTo(Map.of(0, 50L));
        }
    }

    private void writeMany(int count) {
        try (JobStore store = new OpenHistory(LOG, null).in(directory)) {
            store.commit(
                    new JobBatch(
                            Map.of(0, 40L),
                            IntStream.range(0, count)
                                    .mapToObj(i -> put(new JobId("j" + i)))
                                    .toList(),
                            Map.of(),
                            Instant.EPOCH));
        }
    }

    private static void readMany(JobStore store, int count) {
        for (int i = 0; i < count; i++) {
            store.get(new JobId("j" + i));
        }
    }

    private List<Path> tables() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("0/db"))) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }

    private static void commit(JobStore store, long offset) {
        store.commit(new JobBatch(Map.of(0, offset), List.of(put(JOB)), Map.of(), Instant.EPOCH));
    }

    private static JobBatch.Put put(JobId id) {
        var head =
                new JobHead(
                        id, Instant.EPOCH, new ModelName("m"), null, JobStatus.QUEUED, null, null);
        return new JobBatch.Put(new StoredJob(head, new byte[] {1}), null);
    }

    private static TopicExtent log(String id, long begin, long end) {
        return new TopicExtent(id, Map.of(0, begin), Map.of(0, end));
    }
}

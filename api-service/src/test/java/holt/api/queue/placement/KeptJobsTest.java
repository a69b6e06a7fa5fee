package holt.api.queue.placement;

import static holt.api.queue.placement.TestPlacement.HOLD;
import static holt.api.queue.placement.TestPlacement.job;
import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeptJobsTest {
    private static final int PARTITION = 3;

    private final TestPlacement it = new TestPlacement();
    private final Set<JobId> left = new HashSet<>();
    private final KeptJobs kept = new KeptJobs(it.place, left::contains, it.timer, it::send);

    @Test
    @DisplayName(
            "R93: the instance commits the offset of the oldest job that has not gone to its queue")
    void theOldestOpenJobIsCommitted() {
        it.workers(2);
        read(5, "a");
        read(6, "b");
        read(7, "c");
        read(8, "d");
        read(9, "e");
        assertThat(it.sent()).containsExactly("a", "b", "c");
        assertThat(kept.toCommit()).containsEntry(PARTITION, 8L);

        it.finish("c");
        assertThat(it.sent()).endsWith("d");
        assertThat(kept.toCommit()).containsEntry(PARTITION, 9L);

        it.finish("a");
        assertThat(kept.toCommit())
                .as("all read records are settled")
                .containsEntry(PARTITION, 10L);
    }

    @Test
    @DisplayName("R93: a job that has left its queue, has ended or has expired is not queued again")
    void jobsThatAreOverAreSkipped() {
        left.add(new JobId("ran"));
        read(0, "ran");
        it.timer.advance(Duration.ofSeconds(3601));
        read(1, "expired");
        record(2, "no job".getBytes(StandardCharsets.UTF_8));

        assertThat(it.sent()).isEmpty();
        assertThat(kept.toCommit()).containsEntry(PARTITION, 3L);
    }

    @Test
    void aJobThatEndsInTheLineIsSettled() {
        it.workers(2);
        IntStream.range(0, 4).forEach(i -> read(i, "j" + i));

        it.finish("j3");

        assertThat(kept.toCommit()).containsEntry(PARTITION, 4L);
    }

    @Test
    @DisplayName("R93: the jobs of a partition that goes to another instance leave the line")
    void theJobsOfALostPartitionLeaveTheLine() {
        it.workers(2);
        IntStream.range(0, 5).forEach(i -> read(i, "j" + i));

        kept.lost(PARTITION);
        it.finish("j0");

        assertThat(it.sent()).containsExactly("j0", "j1", "j2");
        assertThat(kept.toCommit()).isEmpty();
    }

    @Test
    @DisplayName(
            "R93: a kept job is never refused, and goes again if the broker does not confirm it")
    void aKeptJobIsNeverRefused() {
        it.confirms = false;
        read(0, "a");
        it.pass(HOLD.multipliedBy(3));
        it.expire("a");
        assertThat(kept.toCommit()).containsEntry(PARTITION, 0L);

        it.confirms = true;
        it.look();

        assertThat(it.sent()).containsExactly("a");
        assertThat(kept.toCommit()).containsEntry(PARTITION, 1L);
    }

    @Test
    void whileTheLineIsHalfFullNoMoreRecordsAreRead() {
        it.workers(1);
        assertThat(kept.isFull()).isFalse();

        long offset = 0;
        while (!kept.isFull()) {
            read(offset, "j" + offset++);
        }
        assertThat(it.add("client")).as("clients have room").isNotDone();

        kept.lostAll();
        assertThat(kept.isFull()).isFalse();
    }

    private void read(long offset, String id) {
        Job job = job(id, Lane.BATCH);
        record(offset, Codec.encode(job));
    }

    private void record(long offset, byte[] value) {
        kept.read(new ConsumerRecord<>(TOPICS.waiting(), PARTITION, offset, "key", value));
    }
}

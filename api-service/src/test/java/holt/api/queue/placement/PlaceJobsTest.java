package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.models.LiveWorkers;
import holt.kafka.QueueSettings;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlaceJobsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final ModelName MODEL = new ModelName("m");
    private static final InstanceId ME = new InstanceId("me");
    private static final InstanceId OTHER = new InstanceId("other");

    private final LiveWorkers workers =
            new LiveWorkers(InstantSource.fixed(NOW), Duration.ofSeconds(6));
    private final Map<JobId, Integer> published = new HashMap<>();
    private final List<JobId> order = new ArrayList<>();
    private final PlaceJobs place =
            new PlaceJobs(
                    ME,
                    workers,
                    InstantSource.fixed(NOW),
                    new QueueSettings(4, DAY, DAY, 10_000, DAY.plusHours(1), DAY, DAY),
                    (job, partition) -> {
                        published.put(job.id(), partition);
                        order.add(job.id());
                        return CompletableFuture.completedFuture(null);
                    });

    @Test
    @DisplayName("R43: a job goes to the partition with the fewest outstanding jobs")
    void jobsGoToThePartitionWithTheFewestOutstanding() {
        // Given another instance's jobs on partitions 0, 1 and 3
        place.open(MODEL, Lane.NORMAL, 4);
        for (int partition : new int[] {0, 1, 3}) {
            place.apply(accepted("theirs" + partition, OTHER, partition));
        }

        // When
        add("a");
        add("b");

        // Then the first goes where nothing is, the second to the next of four equals
        assertThat(published.get(new JobId("a"))).isEqualTo(2);
        assertThat(published.get(new JobId("b"))).isEqualTo(3);
    }

    @Test
    void aQueueIsAsWideAsItsSlotsAskFor() {
        // Given a queue of one partition
        workers(8, 1);
        IntStream.range(0, 5).forEach(i -> add("j" + i));
        assertThat(published.values()).containsOnly(0);

        // Then it is too narrow for eight slots
        assertThat(place.tooNarrow())
                .containsExactly(new PlaceJobs.TooNarrow(MODEL, Lane.NORMAL, 2));

        // When it has two
        place.open(MODEL, Lane.NORMAL, 2);

        // Then the next jobs go to the new one
        assertThat(place.tooNarrow()).isEmpty();
        IntStream.range(5, 9).forEach(i -> add("j" + i));
        assertThat(List.of("j5", "j6", "j7", "j8"))
                .allMatch(job -> published.get(new JobId(job)) == 1);
    }

    @Test
    void aQueueIsNotWidenedBeyondItsLimitNorForFewSlots() {
        workers(7, 1);
        add("a");
        assertThat(place.tooNarrow()).isEmpty();

        workers(100, 1);
        assertThat(place.tooNarrow()).extracting(PlaceJobs.TooNarrow::wanted).containsExactly(4);
    }

    @Test
    void jobsOnPartitionsThatAreNotOpenHereYetAreCountedWhereTheyAre() {
        workers(8, 2);
        place.apply(accepted("theirs0", OTHER, 2));
        place.apply(accepted("theirs1", OTHER, 2));

        place.open(MODEL, Lane.NORMAL, 3);
        IntStream.range(0, 4).forEach(i -> add("j" + i));

        assertThat(published.values()).containsExactlyInAnyOrder(0, 1, 0, 1);
    }

    @Test
    @DisplayName(
            "R41: an instance keeps one and a half jobs a slot in Kafka, and the rest waits in order")
    void theWindowOfOneAndAHalfJobsASlotIsKeptAndTheRestWaitsInOrder() {
        workers(4, 1);
        IntStream.range(0, 9).forEach(i -> add("j" + i));

        assertThat(order)
                .extracting(JobId::value)
                .containsExactly("j0", "j1", "j2", "j3", "j4", "j5");

        place.apply(finished("j3"));

        assertThat(order).extracting(JobId::value).endsWith("j6").hasSize(7);
    }

    @Test
    void aReplyThatEndsAJobMakesRoomBeforeItsEventDoes() {
        workers(2, 1);
        IntStream.range(0, 6).forEach(i -> add("j" + i));
        assertThat(published).hasSize(3);

        place.ended(new JobId("j0"));
        assertThat(published).hasSize(4);

        // Neither its event, nor another reply, makes room once more
        place.apply(finished("j0"));
        place.ended(new JobId("j0"));
        place.ended(new JobId("theirs"));
        assertThat(published).hasSize(4);
    }

    @Test
    @DisplayName("R41: the live instances share the window")
    void instancesShareTheWindow() {
        workers(4, 3);
        IntStream.range(0, 9).forEach(i -> add("j" + i));

        assertThat(published).hasSize(2);
    }

    @Test
    @DisplayName("R42: with no live slot there is no limit")
    void withoutAnyWorkerTheJobsAreSafestInKafka() {
        IntStream.range(0, 50).forEach(i -> add("j" + i));

        assertThat(published).hasSize(50);
    }

    @Test
    void aWaitingJobCanBeWithdrawnAPlacedOneCannot() {
        workers(2, 1);
        IntStream.range(0, 4).forEach(i -> add("j" + i));

        assertThat(place.withdraw(new JobId("j3"))).isTrue();
        assertThat(place.withdraw(new JobId("j0"))).isFalse();

        place.apply(finished("j0"));
        assertThat(published).doesNotContainKey(new JobId("j3"));
    }

    @Test
    void whenTheBrokerDoesNotConfirmTheRestWaitsHereUntilItDoes() {
        workers(2, 1);
        IntStream.range(0, 9).forEach(i -> add("j" + i));

        place.sendFailed(job("j0"), published.get(new JobId("j0")));
        place.sendFailed(job("j1"), published.get(new JobId("j1")));
        place.refill();
        assertThat(order).extracting(JobId::value).containsExactly("j0", "j1", "j2");

        place.resume();
        assertThat(order).extracting(JobId::value).containsExactly("j0", "j1", "j2", "j3", "j4");
    }

    @Test
    void newSlotsAreFilledAtTheNextRefill() {
        workers(2, 1);
        IntStream.range(0, 9).forEach(i -> add("j" + i));
        assertThat(published).hasSize(3);

        workers(6, 1);
        place.refill();

        assertThat(published).hasSize(9);
    }

    @Test
    void ownJobsCountFromTheirPlacementOnWhateverOrderTheirEventsComeIn() {
        workers(2, 1);
        IntStream.range(0, 3).forEach(i -> add("j" + i));

        place.apply(finished("j0"));
        place.apply(accepted("j0", ME, published.get(new JobId("j0"))));
        IntStream.range(3, 9).forEach(i -> add("j" + i));

        assertThat(published).hasSize(4);
        assertThat(place.largestWindowInUse()).isZero();
    }

    @Test
    void anUnpublishedJobLeavesItsPlace() {
        workers(2, 1);
        IntStream.range(0, 4).forEach(i -> add("j" + i));

        place.sendFailed(job("j0"), published.get(new JobId("j0")));
        place.resume();

        assertThat(published).containsKey(new JobId("j3"));
    }

    private void add(String id) {
        place.add(job(id));
    }

    private static Job job(String id) {
        return new Job(
                new JobId(id),
                MODEL,
                Lane.NORMAL,
                1,
                NOW,
                NOW.plusSeconds(170),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Stored(new StoredObject("k", 1, "00")));
    }

    private void workers(int slots, int instances) {
        var model = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOW, 10, 10);
        workers.apply(
                new Heartbeat.OfWorker(
                        new WorkerId("w"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(new Heartbeat.Serving(model, slots, 0))),
                NOW);
        for (int i = 0; i < instances; i++) {
            workers.apply(new Heartbeat.OfApi(new InstanceId("i" + i)), NOW);
        }
    }

    private static JobEvent accepted(String job, InstanceId instance, int partition) {
        return new JobEvent.Accepted(
                new JobId(job), MODEL, Lane.NORMAL, partition, instance, NOW.plusSeconds(170));
    }

    private JobEvent finished(String job) {
        int partition = published.get(new JobId(job));
        return new JobEvent.Finished(
                new JobId(job), MODEL, Lane.NORMAL, partition, null, new Outcome.Cancelled());
    }
}

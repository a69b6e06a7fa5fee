package holt.worker.claim;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.image.ImageEvent;
import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Payload;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import holt.worker.models.FakeImageEngine;
import holt.worker.models.ImageRunner;
import holt.worker.models.ImageSettings;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServeModelsTest {
    private static final int SLOTS = 4;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Job JOB = TestJobs.job(TestJobs.IMAGES);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final RecordingPublisher publisher =
            new RecordingPublisher().withTopic(TOPICS.replies(), Topics.REPLY_PARTITIONS);
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), clock);
    private final RunJob run = new RunJob(new Revocations(), claims, clock);
    private final FakeImageEngine engine = new FakeImageEngine();
    private final ImageRunner runner = runner(SLOTS);
    private final BlockingQueue<ConsumerRecord<String, byte[]>> queue = new LinkedBlockingQueue<>();
    private final List<ConsumerRecord<String, byte[]>> accepted = new CopyOnWriteArrayList<>();
    private final List<Integer> polled = new CopyOnWriteArrayList<>();
    private final CountDownLatch committed = new CountDownLatch(1);
    private final CountDownLatch polls = new CountDownLatch(1);
    private final BlockingQueue<Duration> closed = new LinkedBlockingQueue<>();
    private final Semaphore failures = new Semaphore(0);
    private final ServeModels slots =
            new ServeModels(
                    TOPICS,
                    (_, most) -> new QueueConsumer(queue, most),
                    new TestHandler(publisher, run, claims, clock, (_, _, _) -> {}).handle,
                    () -> true);

    @AfterEach
    void close() {
        slots.drain(Duration.ZERO);
        run.close();
        runner.close();
    }

    @Test
    @DisplayName("R49: a worker that runs B jobs of a model at once has B slots, for all lanes")
    void idleSlotsAreFree() {
        slots.start(runner);

        assertThat(slots.slots()).isEqualTo(SLOTS);
        assertThat(slots.serving())
                .containsExactly(new Heartbeat.Serving(TestJobs.IMAGE_MODEL, SLOTS));
    }

    @Test
    @DisplayName("R80: a worker's heartbeats carry the progress of its jobs, in steps")
    void aBusySlotShowsTheProgressOfItsJob() throws Exception {
        slots.start(runner);
        String claim = claim();
        engine.emit(claim, new ImageEvent.Progress(3, 20));

        assertThat(slots.serving())
                .containsExactly(
                        new Heartbeat.Serving(
                                TestJobs.IMAGE_MODEL,
                                SLOTS,
                                1,
                                List.of(new Heartbeat.JobProgress(JOB.id(), 3, 20)),
                                List.of(new ClaimId(claim))));
    }

    @Test
    @DisplayName(
            "R49: a worker polls only while a slot is free, and accepts what fills the last one at once")
    void aFullWorkerPollsNothingAndHasAcceptedAll() throws Exception {
        slots.start(runner);
        putJobs(SLOTS + 1);

        assertThat(committed.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(accepted).hasSize(SLOTS);
        assertThat(queue).hasSize(1);
    }

    @Test
    @DisplayName(
            "R49: while eight slots are free, a worker takes up to eight records a poll, and then one")
    void manyFreeSlotsAreFilledTogether() throws Exception {
        putJobs(12);
        slots.start(runner(11));

        assertThat(committed.await(10, TimeUnit.SECONDS)).isTrue();
        while (accepted.size() < 11) {
            Thread.onSpinWait();
        }

        assertThat(polled).containsExactly(8, 1, 1, 1);
    }

    @Test
    void afterAFailedPollTheLoopWaitsForNoMoreSlotsThanItNeeds() throws Exception {
        slots.start(runner(11));
        putJobs(8);
        while (accepted.size() < 8) {
            Thread.onSpinWait();
        }

        // The present poll takes a job, the next one fails.
        failures.release();
        putJobs(1);
        putJobs(1);
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (accepted.size() < 10 && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }

        assertThat(failures.availablePermits()).isZero();
        assertThat(accepted).hasSize(10);
    }

    @Test
    void aPollThatFailsCostsNoSlot() throws Exception {
        failures.release();
        slots.start(runner);
        putJobs(SLOTS + 1);

        assertThat(committed.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(failures.availablePermits()).isZero();
        assertThat(accepted).hasSize(SLOTS);
    }

    private ImageRunner runner(int slots) {
        return new ImageRunner(
                TestJobs.IMAGE_MODEL,
                engine,
                new ImageSettings(slots, null, null, SchedulerChoice.FOLDER, 128 * 128),
                slots,
                claims,
                new PictureKeys(clock));
    }

    private void putJobs(int count) {
        for (int i = 0; i < count; i++) {
            queue.add(
                    record(
                            QUEUE,
                            Codec.encode(
                                    TestJobs.job(
                                            "j" + i,
                                            TestJobs.LIFE,
                                            new Payload.Inline(TestJobs.IMAGES))),
                            Map.of()));
        }
    }

    @Test
    void aDrainWaitsForTheRunningJob() throws Exception {
        slots.start(runner);
        String claim = claim();
        CountDownLatch drained = drainInBackground(LONG);
        assertThat(drained.getCount()).isEqualTo(1);

        engine.finish(claim);

        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(publisher.messages(TOPICS.events(), JobEvent.class))
                .last()
                .isInstanceOf(JobEvent.Finished.class);
        assertThat(publisher.sent(QUEUE)).isEmpty();
    }

    @Test
    @DisplayName("R68: a worker that drains publishes the next runs of its unfinished jobs")
    void aDrainHandsBackAJobThatOutlastsTheGraceTime() throws Exception {
        slots.start(runner);
        String claim = claim();

        CountDownLatch drained = drainInBackground(Duration.ZERO);

        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(publisher.messages(QUEUE, Job.class))
                .extracting(Job::id, Job::attempt)
                .containsExactly(tuple(JOB.id(), 2));
        assertThat(engine.cancelled).contains(claim);
        assertThat(publisher.messages(TOPICS.events(), JobEvent.class))
                .noneMatch(JobEvent.Finished.class::isInstance);
    }

    @Test
    void anIdleWorkerThatDrainsDoesNotWaitForItsFetch() throws Exception {
        slots.start(runner);
        assertThat(polls.await(10, TimeUnit.SECONDS)).isTrue();

        slots.drain(LONG);

        assertThat(closed.poll(10, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aWorkerThatDrainsHasTimeToAcceptItsLastRecord() throws Exception {
        slots.start(runner);
        putJobs(SLOTS);
        assertThat(committed.await(10, TimeUnit.SECONDS)).isTrue();

        slots.drain(Duration.ZERO);

        assertThat(closed.poll(10, TimeUnit.SECONDS)).isGreaterThan(Duration.ofSeconds(10));
    }

    /** Puts the job on the queue and waits until the engine has it. */
    private String claim() throws InterruptedException {
        queue.add(record(QUEUE, Codec.encode(JOB), Map.of()));
        var request = engine.requests.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request.id().value();
    }

    private CountDownLatch drainInBackground(Duration grace) {
        var drained = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> {
                    slots.drain(grace);
                    drained.countDown();
                });
        return drained;
    }

    /** Takes its records from the queue. */
    private final class QueueConsumer extends MockShareConsumer<String, byte[]> {
        private final BlockingQueue<ConsumerRecord<String, byte[]>> records;
        private final int most;
        private volatile boolean woken;

        private QueueConsumer(BlockingQueue<ConsumerRecord<String, byte[]>> records, int most) {
            this.most = most;
            this.records = records;
        }

        @Override
        public void acknowledge(ConsumerRecord<String, byte[]> record) {
            accepted.add(record);
        }

        @Override
        public void commitAsync() {
            committed.countDown();
        }

        @Override
        public void wakeup() {
            woken = true;
        }

        @Override
        public void close(Duration within) {
            closed.add(within);
        }

        @Override
        public ConsumerRecords<String, byte[]> poll(Duration timeout) {
            polls.countDown();
            if (failures.tryAcquire()) {
                throw new KafkaException("the poll failed");
            }
            try {
                ConsumerRecord<String, byte[]> first = null;
                while (first == null && !woken) {
                    first = records.poll(1, TimeUnit.MILLISECONDS);
                }
                if (first == null) {
                    return ConsumerRecords.empty();
                }
                var next = new ArrayList<>(List.of(first));
                records.drainTo(next, most - 1);
                polled.add(next.size());
                return new ConsumerRecords<>(
                        Map.of(new TopicPartition(first.topic(), first.partition()), next),
                        Map.of());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

package holt.worker.claim;

import static holt.worker.TestJobs.NOW;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.image.ImageEvent;
import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.Job;
import holt.protocol.JobEvent;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunSlotsTest {
    private static final int SLOTS = 4;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Job JOB = TestJobs.job(TestJobs.IMAGES);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final RecordingPublisher publisher =
            new RecordingPublisher()
                    .withTopic(Topics.REPLIES, Topics.REPLY_PARTITIONS)
                    .withTopic(QUEUE, 4);
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), clock);
    private final RunJob run = new RunJob(new Revocations(), claims, clock);
    private final FakeImageEngine engine = new FakeImageEngine();
    private final ImageRunner runner =
            new ImageRunner(
                    TestJobs.IMAGE_MODEL,
                    engine,
                    new ImageSettings(SLOTS, null, null, SchedulerChoice.FOLDER, 128 * 128),
                    SLOTS,
                    claims,
                    new PictureKeys(clock));
    private final BlockingQueue<ConsumerRecord<String, byte[]>> queue = new LinkedBlockingQueue<>();
    private final RunSlots slots =
            new RunSlots(
                    topic ->
                            new QueueConsumer(
                                    topic.equals(QUEUE) ? queue : new LinkedBlockingQueue<>()),
                    Duration.ofSeconds(30),
                    TestHandler.of(publisher, run, claims, clock),
                    () -> true);

    @AfterEach
    void close() {
        slots.drain(Duration.ZERO);
        run.close();
        runner.close();
    }

    @Test
    void idleSlotsOfAllLanesAreFree() {
        slots.start(runner);

        assertThat(slots.size()).isEqualTo(SLOTS + 1 + 1);
        assertThat(slots.serving())
                .containsExactly(new Heartbeat.Serving(TestJobs.IMAGE_MODEL, SLOTS, 0));
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
                                List.of(new Heartbeat.JobProgress(JOB.id(), 3, 20))));
    }

    @Test
    void aDrainWaitsForTheRunningJob() throws Exception {
        slots.start(runner);
        String claim = claim();
        CountDownLatch drained = drainInBackground(LONG);
        assertThat(drained.getCount()).isEqualTo(1);

        engine.finish(claim);

        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(publisher.messages(Topics.EVENTS, JobEvent.class))
                .last()
                .isInstanceOf(JobEvent.Finished.class);
        assertThat(publisher.sent(QUEUE)).isEmpty();
    }

    @Test
    @DisplayName(
            "R68: a worker that drains publishes its unfinished jobs anew, on the same partition")
    void aDrainHandsBackAJobThatOutlastsTheGraceTime() throws Exception {
        slots.start(runner);
        String claim = claim();

        CountDownLatch drained = drainInBackground(Duration.ZERO);

        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(publisher.messages(QUEUE, Job.class)).containsExactly(JOB);
        assertThat(publisher.sent(QUEUE).getFirst().partition()).isEqualTo(3);
        assertThat(engine.cancelled).contains(claim);
        assertThat(publisher.messages(Topics.EVENTS, JobEvent.class))
                .noneMatch(JobEvent.Finished.class::isInstance);
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

    /** Takes its records from a queue that all slots of a topic share. */
    private static final class QueueConsumer extends MockShareConsumer<String, byte[]> {
        private final BlockingQueue<ConsumerRecord<String, byte[]>> records;

        private QueueConsumer(BlockingQueue<ConsumerRecord<String, byte[]>> records) {
            this.records = records;
        }

        @Override
        public ConsumerRecords<String, byte[]> poll(Duration timeout) {
            try {
                ConsumerRecord<String, byte[]> next =
                        records.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
                return next == null
                        ? ConsumerRecords.empty()
                        : new ConsumerRecords<>(
                                Map.of(
                                        new TopicPartition(next.topic(), next.partition()),
                                        List.of(next)),
                                Map.of());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

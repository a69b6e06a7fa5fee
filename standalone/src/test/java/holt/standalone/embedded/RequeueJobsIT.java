package holt.standalone.embedded;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.FollowTopic;
import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import holt.worker.report.PublishEvents;
import holt.worker.settle.PublishDeadLetters;
import holt.worker.settle.RequeueJobs;
import holt.worker.settle.SettleJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequeueJobsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ModelName LIVE = new ModelName("live");
    private static final ModelName GONE = new ModelName("gone");

    @TempDir Path directory;

    private final BlockingQueue<Job> queued = new LinkedBlockingQueue<>();
    private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<DeadLetter> letters = new LinkedBlockingQueue<>();

    @Test
    @DisplayName("R19: a deleted queue ends its own jobs and holds no other model's retries")
    void aDeletedQueueHoldsNoOtherRetries() throws Exception {
        try (var broker = TestBroker.start(directory)) {
            broker.topics().shared();
            broker.topics().queueOf(LIVE);
            broker.topics().queueOf(GONE);
            try (var publisher = broker.clients().publisher(Duration.ZERO, SOON);
                    var _ = requeue(broker, publisher);
                    var _ = follow(broker, queue(LIVE), Job.class, queued);
                    var _ = follow(broker, queue(GONE), Job.class, queued);
                    var _ = follow(broker, TOPICS.events(), JobEvent.class, events);
                    var _ = follow(broker, TOPICS.dead(), DeadLetter.class, letters)) {
                // The producer knows the queue before it goes.
                retry(publisher, GONE, "a");
                assertThat(next(queued).id().value()).isEqualTo("a");
                try (Admin admin = broker.clients().admin()) {
                    admin.deleteTopics(List.of(queue(GONE))).all().get();
                }

                retry(publisher, GONE, "b");
                retry(publisher, LIVE, "c");

                assertThat(next(queued).id().value()).isEqualTo("c");
                assertThat(events).isEmpty();
                var end = (JobEvent.Finished) next(events);
                assertThat(end.job().value()).isEqualTo("b");
                assertThat(((Outcome.Failed) end.outcome()).reason())
                        .isEqualTo(Failure.MODEL_NOT_FOUND);
                assertThat(next(letters).job()).isNotNull();
            }
        }
    }

    private static RequeueJobs requeue(TestBroker broker, Publisher publisher) {
        var worker = new WorkerId("w");
        var retries = new PublishRetries(publisher, CLOCK, () -> 0);
        var deadLetters =
                new PublishDeadLetters(
                        worker,
                        publisher,
                        new KeepPayload(new ClaimCheck(new InMemoryObjectStore(), CLOCK)),
                        CLOCK);
        var settle =
                new SettleJob(worker, new PublishEvents(publisher), retries, deadLetters, CLOCK, 3);
        return new RequeueJobs(broker.clients(), retries, settle, deadLetters, CLOCK);
    }

    private static void retry(Publisher publisher, ModelName model, String id) {
        var job =
                new Job(
                        new JobId(id),
                        model,
                        Lane.NORMAL,
                        2,
                        Instant.now(),
                        Instant.now().plusSeconds(170),
                        new ReplyAddress(0, "e"),
                        List.of(),
                        null,
                        new Payload.Stored(new StoredObject("k", 1, "00")));
        var retries = new PublishRetries(publisher, CLOCK, () -> 0);
        assertThat(
                        retries.publish(
                                Topics.Retry.SOON,
                                queue(model),
                                id,
                                Codec.encode(job),
                                Instant.now(),
                                0))
                .succeedsWithin(SOON);
    }

    private static <T> FollowTopic follow(
            TestBroker broker, String topic, Class<T> family, BlockingQueue<T> into) {
        return FollowTopic.messages(
                broker.clients(),
                topic,
                new FollowTopic.From.Beginning(),
                family,
                (message, _) -> into.add(message));
    }

    private static String queue(ModelName model) {
        return TOPICS.queue(model);
    }

    private static <T> T next(BlockingQueue<T> from) throws InterruptedException {
        return from.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}

package holt.api.queue.publish;

import static holt.api.queue.publish.FakeBroker.in;
import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Instance;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishJobsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String QUEUE = TOPICS.queue(new ModelName("m"));
    private static final Instance INSTANCE =
            new Instance(new InstanceId("one"), new ReplyAddress(0, "one"));

    private final FakeBroker broker = new FakeBroker();
    private final PublishJobs publish =
            new PublishJobs(INSTANCE, TOPICS, broker::send, broker::send);

    @Test
    @DisplayName("R40: Accepted goes beside the job, and before it")
    void acceptedGoesBesideTheJob() {
        assertThat(publish.job(job(), QUEUE)).isCompleted();

        assertThat(broker.topics()).containsExactly(TOPICS.events(), QUEUE);
        assertThat(broker.events())
                .containsExactly(
                        new JobEvent.Accepted(
                                job().id(),
                                job().model(),
                                Lane.NORMAL,
                                INSTANCE.id(),
                                job().deadline()));
        ProducerRecord<String, byte[]> queued = broker.records().getLast();
        assertThat(queued.key()).isEqualTo("j");
        assertThat(broker.jobs()).containsExactly(job());
    }

    @Test
    @DisplayName(
            "R38: neither a job without its Accepted nor an Accepted without its job is confirmed")
    void oneRecordAloneIsNotEnough() {
        broker.lose(in(TOPICS.events()));
        assertThat(publish.job(job(), QUEUE)).isCompletedExceptionally();

        broker.lose(in(QUEUE));
        assertThat(publish.job(job(), QUEUE)).isCompletedExceptionally();
    }

    @Test
    @DisplayName(
            "R40: for a job with a key, Accepted goes only after the queue has confirmed the job")
    void acceptedOfAKeyedJobGoesAfterTheJob() throws Exception {
        broker.delay(in(QUEUE));
        CompletableFuture<?> confirmed = publish.keyedJob(job(), QUEUE);
        assertThat(broker.topics()).isEmpty();

        broker.release();

        confirmed.get(10, TimeUnit.SECONDS);
        assertThat(broker.topics()).containsExactly(QUEUE, TOPICS.events());
    }

    @Test
    @DisplayName("R40: a job with a key that the queue does not confirm has no Accepted")
    void anUnconfirmedKeyedJobHasNoAccepted() {
        broker.lose(in(QUEUE));

        assertThat(publish.keyedJob(job(), QUEUE)).failsWithin(Duration.ofSeconds(10));
        assertThat(broker.events()).isEmpty();
    }

    private static Job job() {
        return new Job(
                new JobId("j"),
                new ModelName("m"),
                Lane.NORMAL,
                1,
                NOW,
                NOW.plusSeconds(170),
                INSTANCE.address(),
                List.of(),
                null,
                new Payload.Stored(new StoredObject("k", 1, "00")));
    }
}

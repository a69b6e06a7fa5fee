package holt.standalone.embedded;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.BrokerClock;
import holt.kafka.FollowTopic;
import holt.kafka.Publisher;
import holt.protocol.ChatMessage;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.Task;
import holt.store.InMemoryObjectStore;
import holt.worker.ServeUntilDrained;
import holt.worker.WorkerSettings;
import holt.worker.models.ChatRunner;
import holt.worker.models.FakeTextEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelledBeforeStartIT {
    private static final ModelName MODEL = new ModelName("m");
    private static final int OTHER_COMMANDS = 5_000;
    private static final WorkerSettings SETTINGS =
            new WorkerSettings(
                    List.of(),
                    "cpu",
                    1,
                    0,
                    null,
                    1,
                    1024,
                    true,
                    3,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1));

    @TempDir Path directory;

    private final FakeTextEngine engine = new FakeTextEngine();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    @Test
    @DisplayName("R29: a worker reads the newest commands before its first claim")
    void aJobThatWasCancelledBeforeTheWorkerStartsDoesNotRun() throws Exception {
        try (var broker = TestBroker.start(directory)) {
            broker.topics().shared();
            broker.topics().queueOf(MODEL);
            publishCancelledJob(broker);

            try (var _ = finished(broker);
                    var _ = worker(broker)) {
                assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Cancelled());
            }
        }
        assertThat(engine.requests).isEmpty();
    }

    /** The cancel stands behind many others. */
    private static void publishCancelledJob(TestBroker broker) {
        Job job = job();
        try (Publisher publisher =
                broker.clients().publisher(Duration.ofMillis(5), Duration.ofSeconds(30))) {
            publisher
                    .send(
                            new ProducerRecord<>(
                                    TOPICS.queue(MODEL), job.id().value(), Codec.encode(job)))
                    .join();
            for (int i = 0; i < OTHER_COMMANDS; i++) {
                var _ = publisher.send(cancel(new JobId("other" + i), job.deadline()));
            }
            publisher.send(cancel(job.id(), job.deadline())).join();
        }
    }

    private static ProducerRecord<String, byte[]> cancel(JobId job, Instant deadline) {
        return new ProducerRecord<>(
                TOPICS.commands(), job.value(), Codec.encode(new Command.Cancel(job, deadline)));
    }

    private FollowTopic finished(TestBroker broker) {
        return FollowTopic.messages(
                broker.clients(),
                TOPICS.events(),
                new FollowTopic.From.Beginning(),
                JobEvent.class,
                (event, _) -> {
                    if (event instanceof JobEvent.Finished finished) {
                        outcome.complete(finished.outcome());
                    }
                });
    }

    private ServeUntilDrained worker(TestBroker broker) {
        var model = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", Instant.EPOCH, 64, 8);
        return new ServeUntilDrained(
                SETTINGS,
                List.of(new ChatRunner(model, engine, 100)),
                broker.clients(),
                TestBroker.QUEUES,
                new BrokerClock(),
                new InMemoryObjectStore());
    }

    private static Job job() {
        var chat =
                new Task.Chat(
                        List.of(new ChatMessage("user", "Hi")),
                        new Task.Sampling(0, 1, null),
                        null,
                        List.of(),
                        false);
        Instant now = Instant.now();
        return new Job(
                new JobId("j"),
                MODEL,
                Lane.NORMAL,
                1,
                now,
                now.plusSeconds(120),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Inline(chat));
    }
}

package holt.standalone.embedded;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.Publisher;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.JobId;
import holt.worker.run.FollowCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowCommandsIT {
    private static final Instant DEADLINE = Instant.parse("2030-01-01T00:00:00Z");
    private static final int MANY = Integer.getInteger("commands", 200_000);
    private static final JobId NEWEST = new JobId("job" + (MANY - 1));

    @TempDir Path directory;

    private final AtomicReference<JobId> first = new AtomicReference<>();
    private final Set<JobId> cancelled = ConcurrentHashMap.newKeySet();

    @Test
    @DisplayName(
            "R29: a worker reads the newest commands before its first claim, the others beside its work")
    void aLongLogOfCommandsDoesNotDelayTheStart() {
        try (var broker = TestBroker.start(directory)) {
            broker.topics().shared();
            cancelMany(broker);

            long started = System.nanoTime();
            try (var follow =
                    new FollowCommands(
                            broker.clients(),
                            command -> {
                                switch (command) {
                                    case Command.Cancel(JobId job, Instant _) -> {
                                        first.compareAndSet(null, job);
                                        cancelled.add(job);
                                    }
                                    case Command.Drain _, Command.Undrain _ -> {}
                                }
                            })) {
                assertThat(first).hasValue(new JobId("job" + (MANY - 50_000)));
                assertThat(cancelled.contains(NEWEST)).isTrue();
                long startable = System.nanoTime();

                assertThat(follow.earlierRead()).succeedsWithin(Duration.ofMinutes(5));

                assertThat(cancelled).hasSize(MANY);
                System.out.printf(
                        "%d commands: startable after %d ms, all read after %d ms%n",
                        MANY,
                        (startable - started) / 1_000_000,
                        (System.nanoTime() - started) / 1_000_000);
            }
        }
    }

    private static void cancelMany(TestBroker broker) {
        try (Publisher publisher =
                broker.clients().publisher(Duration.ofMillis(20), Duration.ofMinutes(2))) {
            publisher.prepare(TOPICS.commands(), Duration.ofSeconds(20));
            for (int i = 0; i < MANY - 1; i++) {
                var _ = publisher.send(cancel(new JobId("job" + i)));
            }
            publisher.send(cancel(NEWEST)).join();
        }
    }

    private static ProducerRecord<String, byte[]> cancel(JobId job) {
        return new ProducerRecord<>(
                TOPICS.commands(), job.value(), Codec.encode(new Command.Cancel(job, DEADLINE)));
    }
}

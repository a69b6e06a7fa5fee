package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.models.LiveWorkers;
import holt.kafka.QueueSettings;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrepareQueuesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final ModelName MODEL = new ModelName("m");

    private final LiveWorkers workers =
            new LiveWorkers(InstantSource.fixed(NOW), Duration.ofSeconds(6));
    private final PlaceJobs place =
            new PlaceJobs(
                    new InstanceId("me"),
                    workers,
                    InstantSource.fixed(NOW),
                    new QueueSettings(4, DAY, DAY, 10_000, DAY.plusHours(1), DAY, DAY),
                    (_, _) -> CompletableFuture.completedFuture(null));

    private final AtomicInteger known = new AtomicInteger(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger partitions = new AtomicInteger(1);
    private final PrepareQueues prepare =
            new PrepareQueues(
                    place,
                    _ -> {
                        looks.incrementAndGet();
                        return known.get();
                    },
                    (_, wanted) -> {
                        partitions.set(wanted);
                        return wanted;
                    });

    @Test
    void noJobGoesToAPartitionThatTheProducerDoesNotKnowYet() {
        // Given a queue of one partition, and slots for two
        var model = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOW, 10, 10);
        workers.apply(
                new Heartbeat.OfWorker(
                        new WorkerId("w"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(new Heartbeat.Serving(model, 8, 0))),
                NOW);
        prepare.ensure(MODEL, Lane.NORMAL);

        // When the topic has two, and the producer has not seen it
        prepare.widen();
        Await.until(() -> looks.get() == 2);

        // Then the second is not open
        assertThat(partitions).hasValue(2);
        assertThat(place.tooNarrow()).hasSize(1);

        // When the producer has seen it
        known.set(2);

        // Then it is
        Await.until(() -> {
            prepare.widen();
            return place.tooNarrow().isEmpty();
        });
    }
}

package holt.api.queue.placement;

import holt.api.RequestRejectedException;
import holt.kafka.BrokerUnfitException;
import holt.kafka.EnsureTopics;
import holt.kafka.Topics;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns where a queue is and how many partitions it has, and gives it more as slots come. */
public final class PrepareQueues {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareQueues.class);

    private final PlaceJobs place;
    private final PublishJobs publish;
    private final EnsureTopics topics;
    private final Duration patience;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean widening = new AtomicBoolean();

    public PrepareQueues(
            PlaceJobs place, PublishJobs publish, EnsureTopics topics, Duration patience) {
        this.place = place;
        this.publish = publish;
        this.topics = topics;
        this.patience = patience;
    }

    /**
     * Called before the first job for a queue, on the thread of its request, which may wait.
     *
     * @throws RequestRejectedException {@code OVERLOADED} if the broker does not say so in time
     */
    public void ensure(ModelName model, Lane lane) {
        String topic = Topics.queue(model, lane);
        if (prepared.contains(topic)) {
            return;
        }
        try {
            place.open(model, lane, publish.prepare(topic, patience));
            prepared.add(topic);
        } catch (KafkaException e) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker does not say where the model's queue is; try again later",
                    null,
                    Duration.ofSeconds(1));
        }
    }

    /** Returns at once. Every instance does it: who comes second finds the partitions there. */
    public void widen() {
        List<PlaceJobs.Narrow> narrow = place.narrow();
        if (!narrow.isEmpty() && widening.compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> {
                try {
                    narrow.forEach(this::widen);
                } finally {
                    widening.set(false);
                }
            });
        }
    }

    private void widen(PlaceJobs.Narrow queue) {
        String topic = Topics.queue(queue.model(), queue.lane());
        try {
            int partitions = topics.widen(topic, queue.wanted());
            place.open(queue.model(), queue.lane(), partitions);
            LOG.atInfo()
                    .addKeyValue("queue", topic)
                    .addKeyValue("partitions", partitions)
                    .log("a queue has more slots, and partitions for them");
        } catch (BrokerUnfitException e) {
            LOG.atWarn()
                    .addKeyValue("queue", topic)
                    .addKeyValue("reason", e.getMessage())
                    .log("a queue with many slots keeps few partitions; the next try follows");
        }
    }
}

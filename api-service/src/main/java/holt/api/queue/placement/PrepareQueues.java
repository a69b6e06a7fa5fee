package holt.api.queue.placement;

import holt.api.RequestRejectedException;
import holt.kafka.BrokerUnfitException;
import holt.kafka.Topics;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a queue and its partitions before its first job, and adds partitions as slots come. */
public final class PrepareQueues {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareQueues.class);

    private final PlaceJobs place;
    private final ToIntFunction<String> find;
    private final ToIntBiFunction<String, Integer> widen;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean widening = new AtomicBoolean();

    /**
     * @param find how many partitions of the topic the producer knows; may block; fails with a {@link KafkaException}
     * @param widen gives the topic at least that many partitions, and returns how many it has; may block; fails with a
     *     {@link BrokerUnfitException}
     */
    public PrepareQueues(
            PlaceJobs place, ToIntFunction<String> find, ToIntBiFunction<String, Integer> widen) {
        this.place = place;
        this.find = find;
        this.widen = widen;
    }

    /**
     * Comes before the first job of a queue. May block, so it runs on the request's thread.
     *
     * @throws RequestRejectedException {@code OVERLOADED} if the broker does not answer in time
     */
    void ensure(ModelName model, Lane lane) {
        String topic = Topics.queue(model, lane);
        if (prepared.contains(topic)) {
            return;
        }
        try {
            place.open(model, lane, find.applyAsInt(topic));
            prepared.add(topic);
        } catch (KafkaException e) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker did not say where the model's queue is; try again later",
                    null,
                    Duration.ofSeconds(1));
        }
    }

    /** Returns at once. Every instance does this. The second one finds the partitions there. */
    void widen() {
        List<PlaceJobs.TooNarrow> narrow = place.tooNarrow();
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

    /** Opens only what the producer knows, which is a few seconds late. It would wait with a job for any other partition. */
    private void widen(PlaceJobs.TooNarrow queue) {
        String topic = Topics.queue(queue.model(), queue.lane());
        try {
            var _ = widen.applyAsInt(topic, queue.wanted());
            int known = find.applyAsInt(topic);
            place.open(queue.model(), queue.lane(), known);
            if (known >= queue.wanted()) {
                LOG.atInfo()
                        .addKeyValue("queue", topic)
                        .addKeyValue("partitions", known)
                        .log("a queue has partitions for its new slots");
            }
        } catch (BrokerUnfitException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("queue", topic)
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "a queue could not get partitions for its new slots; the next try follows");
        }
    }
}

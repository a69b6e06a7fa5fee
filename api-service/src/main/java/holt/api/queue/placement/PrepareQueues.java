package holt.api.queue.placement;

import holt.api.RequestRejectedException;
import holt.kafka.Topics;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/** Finds a queue before its first job. */
public final class PrepareQueues {
    private final Consumer<String> find;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();

    /** @param find makes the producer know the topic; may block; fails with a {@link KafkaException} */
    public PrepareQueues(Consumer<String> find) {
        this.find = find;
    }

    /**
     * Comes before the first job of a queue. May block, so it runs on the request's thread.
     *
     * @throws RequestRejectedException {@code OVERLOADED} if the broker does not answer in time
     */
    void ensure(ModelName model) {
        String topic = Topics.queue(model);
        if (prepared.contains(topic)) {
            return;
        }
        try {
            find.accept(topic);
            prepared.add(topic);
        } catch (KafkaException e) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker did not say where the model's queue is; try again later",
                    null,
                    Duration.ofSeconds(1));
        }
    }
}

package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.kafka.Topics;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;

/** Learns where a queue is when the first job for it comes, on the thread of its request, which may wait. */
final class PrepareQueues {
    private final PublishJobs publish;
    private final Duration patience;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();

    PrepareQueues(PublishJobs publish, Duration patience) {
        this.publish = publish;
        this.patience = patience;
    }

    /** @throws RequestRejectedException {@code OVERLOADED} if the broker does not say so in time */
    void ensure(ModelName model, Lane lane) {
        String topic = Topics.queue(model, lane);
        if (prepared.contains(topic)) {
            return;
        }
        try {
            publish.prepare(topic, patience);
            prepared.add(topic);
        } catch (KafkaException e) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker does not say where the model's queue is; try again later",
                    null,
                    Duration.ofSeconds(1));
        }
    }
}

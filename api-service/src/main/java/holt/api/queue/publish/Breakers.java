package holt.api.queue.publish;

import holt.kafka.Topics;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** The breakers of all topic partitions that this instance writes jobs and their events to. */
public final class Breakers {
    private final Topics topics;
    private final InstantSource clock;
    private final Duration confirmWithin;
    private final Map<TopicPartition, Breaker> breakers = new ConcurrentHashMap<>();

    /** @param confirmWithin how long the broker may take to confirm a record */
    public Breakers(Topics topics, InstantSource clock, Duration confirmWithin) {
        this.topics = topics;
        this.clock = clock;
        this.confirmWithin = confirmWithin;
    }

    /** Of the model's queue. */
    public Breaker queue(ModelName model) {
        return of(topics.queue(model), 0);
    }

    /** Of the partition that has the job's events. */
    public Breaker events(JobId job) {
        return of(topics.events(), partition(job.value(), Topics.EVENT_PARTITIONS));
    }

    /** Whether each breaker is open, by topic and partition. */
    public Map<TopicPartition, Boolean> open() {
        return breakers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().isOpen()));
    }

    Breaker of(ProducerRecord<String, byte[]> record) {
        return of(record.topic(), partition(record.key(), partitions(record.topic())));
    }

    private int partitions(String topic) {
        if (topic.equals(topics.events())) {
            return Topics.EVENT_PARTITIONS;
        }
        return topic.equals(topics.waiting()) ? Topics.WAITING_PARTITIONS : 1;
    }

    private Breaker of(String topic, int partition) {
        return breakers.computeIfAbsent(
                new TopicPartition(topic, partition),
                key -> new Breaker(key, clock, confirmWithin));
    }

    /** As Kafka's producer chooses it. */
    private static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}

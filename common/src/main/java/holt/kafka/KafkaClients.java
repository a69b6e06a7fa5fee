package holt.kafka;

import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Makes the Kafka clients of one process. All have string keys and byte values, and their callers close them. */
public final class KafkaClients {
    /** A producer sees new partitions of a topic after this time. */
    private static final Duration PARTITIONS_KNOWN_AFTER = Duration.ofSeconds(5);

    /** A producer keeps what it knows of a topic this long, so that no send waits for a new look-up. */
    private static final Duration TOPIC_KNOWN_FOR = Duration.ofDays(1);

    /** How often a producer can try a request until it gives a record up. */
    private static final int TRIES = 5;

    private static final int SHORTEST_TRY_MS = 1_000;
    private static final int LONGEST_TRY_MS = 30_000;

    /** The size of a job with a prompt of some pages, in bytes. */
    private static final int TYPICAL_RECORD = 8 << 10;

    private final KafkaSettings settings;
    private final Topics topics;
    private final MadeClients made = new MadeClients();

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
        this.topics = new Topics(settings.topicPrefix());
    }

    public KafkaSettings settings() {
        return settings;
    }

    /** The names of the topics that the clients write and read. */
    public Topics topics() {
        return topics;
    }

    /** Chosen metrics of the clients, read when somebody asks. */
    public MultiCollector metrics() {
        return made;
    }

    public Admin admin() {
        Map<String, Object> config = common();
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return Admin.create(config);
    }

    /**
     * An idempotent producer that waits for all replicas.
     *
     * @param linger how long a record waits for others to share its batch
     * @param deliveryTimeout after which the producer gives up an unconfirmed record
     */
    public Publisher publisher(Duration linger, Duration deliveryTimeout) {
        Map<String, Object> config = common();
        int delivery = Math.toIntExact(deliveryTimeout.toMillis());
        int lingerMs = Math.toIntExact(linger.toMillis());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        // A broker that takes no request in time may be gone. Then the producer asks another.
        config.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.min(
                        delivery - lingerMs,
                        Math.clamp(delivery / TRIES, SHORTEST_TRY_MS, LONGEST_TRY_MS)));
        // The default forgets all topics when the last broker is lost. Then each send would wait.
        config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TOPIC_KNOWN_FOR.toMillis());
        config.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, PARTITIONS_KNOWN_AFTER.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(1_000, delivery));
        return new KafkaPublisher(
                topics,
                made.add(
                        new KafkaProducer<>(
                                config, new StringSerializer(), new ByteArraySerializer())));
    }

    /**
     * Each record must be acknowledged before the next poll.
     *
     * @param most records of a poll
     */
    public KafkaShareConsumer<String, byte[]> shareConsumer(String group, int most) {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // The default mode hands a whole producer batch to one consumer.
        config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        // The broker reads this much for each poll. One byte means one batch.
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, most == 1 ? 1 : most * TYPICAL_RECORD);
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
        // A long wait keeps idle consumers cheap. A worker that freezes in it holds one record back
        // until its session ends.
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 4_000);
        return made.add(
                new KafkaShareConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    /** For listener containers. Its consumers have a group only if the container names one. */
    public ConsumerFactory<String, byte[]> consumers() {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // A dead member's partitions wait this long for another member, by default 45 s. Brokers
        // allow no less than 6 s.
        config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return new DefaultKafkaConsumerFactory<>(
                config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A member of a consumer group of the new protocol (KIP-848). It starts at the earliest record that the group has not committed. The
     * broker holds the session's settings.
     */
    public Consumer<String, byte[]> groupConsumer(String group) {
        Map<String, Object> config = common();
        config.keySet()
                .removeAll(
                        Set.of(
                                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG));
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return made.add(
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    /**
     * A consumer without a group. Its caller assigns the partitions.
     *
     * @param own settings beside the common ones
     */
    public Consumer<String, byte[]> consumer(Map<String, Object> own) {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.putAll(own);
        return made.add(
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    private Map<String, Object> common() {
        var config = new HashMap<String, Object>(settings.client());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.put("enable.metrics.push", false);
        return config;
    }
}

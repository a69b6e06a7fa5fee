package holt.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

/** Makes the clients of one process, all with string keys and byte values. */
public final class KafkaClients {
    /** What a producer has learnt of a topic does not go stale, so that no send waits for it to be learnt again. */
    private static final Duration TOPIC_KNOWN_FOR = Duration.ofDays(1);

    private final KafkaSettings settings;

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    public KafkaSettings settings() {
        return settings;
    }

    /** The caller closes it. */
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
     * @param deliveryTimeout after which an unconfirmed record is given up
     */
    public Publisher publisher(Duration linger, Duration deliveryTimeout) {
        Map<String, Object> config = common();
        int delivery = Math.toIntExact(deliveryTimeout.toMillis());
        int lingerMs = Math.toIntExact(linger.toMillis());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(30_000, delivery - lingerMs));
        // Else it forgets all topics when it has lost the last broker, and each send waits for them
        // again.
        config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TOPIC_KNOWN_FOR.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(1_000, delivery));
        return new KafkaPublisher(
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()));
    }

    /** A slot's consumer: takes one record at a time and keeps it until it is told what became of it. */
    public KafkaShareConsumer<String, byte[]> shareConsumer(String group) {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // The default mode hands a whole producer batch to one consumer.
        config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // One batch. Of what stands behind it the broker would read as much as this allows, for
        // each
        // record that it hands out.
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
        // While its question is open, a slot neither asks a partition it has just been given, nor
        // can it close: a dead worker's jobs
        // waited that long.
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        return new KafkaShareConsumer<>(
                config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A factory of consumers without a group, or with one where the container names it. */
    public ConsumerFactory<String, byte[]> consumers() {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What a dead member of a group had before it waits that long for another: by default 45 s.
        // It is the least that brokers allow.
        config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return new DefaultKafkaConsumerFactory<>(
                config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A consumer without a group, which its caller assigns, and closes.
     *
     * @param own settings beyond the common ones
     */
    public Consumer<String, byte[]> consumer(Map<String, Object> own) {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.putAll(own);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> common() {
        var config = new HashMap<String, Object>(settings.client());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.put("enable.metrics.push", false);
        return config;
    }
}

package holt.kafka;

import static holt.kafka.TestTopics.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;

import holt.protocol.Codec;
import holt.protocol.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A publisher for tests that keeps the records instead of sending them. It knows every topic, with one partition each, unless told
 * otherwise. It confirms a record at once, on the thread that sends it, unless told to hold or fail.
 */
public final class RecordingPublisher implements Publisher {
    /** The producer's default limit. */
    private static final int LARGEST_RECORD = 1 << 20;

    private record Held(
            ProducerRecord<String, byte[]> record, CompletableFuture<RecordMetadata> confirmed) {}

    private final InstantSource brokerClock;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Set<String> prepared = new HashSet<>();
    private final List<ProducerRecord<String, byte[]>> sent = new ArrayList<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private boolean holding;
    private boolean closed;
    private @Nullable KafkaException failure;

    public RecordingPublisher() {
        this(InstantSource.system());
    }

    /** @param brokerClock gives each record its timestamp */
    public RecordingPublisher(InstantSource brokerClock) {
        this.brokerClock = brokerClock;
    }

    /** Gives the topic this many partitions. */
    public synchronized RecordingPublisher withTopic(String topic, int partitionCount) {
        partitions.put(topic, partitionCount);
        return this;
    }

    /** From now on the broker does not know the topic. */
    public synchronized RecordingPublisher withoutTopic(String topic) {
        missing.add(topic);
        return this;
    }

    /** Keeps later sends unconfirmed until {@link #confirm} or {@link #failHeld}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Confirms the held sends in their order, and holds no more. */
    public void confirm() {
        List<Held> now;
        synchronized (this) {
            holding = false;
            now = takeHeld();
        }
        now.forEach(this::confirm);
    }

    /** Fails the held sends in their order. The publisher goes on holding later ones. */
    public void failHeld(KafkaException reason) {
        List<Held> now;
        synchronized (this) {
            now = takeHeld();
        }
        now.forEach(send -> send.confirmed().completeExceptionally(reason));
    }

    /** Fails every later send with this reason. Null: sends succeed again. */
    public synchronized void fail(@Nullable KafkaException reason) {
        failure = reason;
    }

    /** All records sent so far that did not fail at once, oldest first; held ones are among them. */
    public synchronized List<ProducerRecord<String, byte[]>> sent() {
        return List.copyOf(sent);
    }

    /** The records of one topic, oldest first. */
    public List<ProducerRecord<String, byte[]>> sent(String topic) {
        return sent().stream().filter(record -> record.topic().equals(topic)).toList();
    }

    /** The messages of one topic, oldest first. */
    public <T> List<T> messages(String topic, Class<T> family) {
        return sent(topic).stream().map(record -> decode(record, family)).toList();
    }

    /** Whether somebody has called {@link #prepare} for the topic. */
    public synchronized boolean isPrepared(String topic) {
        return prepared.contains(topic);
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public Topics topics() {
        return TOPICS;
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        var send = new Held(record, new CompletableFuture<>());
        Exception refusal;
        boolean wait;
        synchronized (this) {
            refusal = refusal(record);
            wait = holding && refusal == null;
            if (refusal == null) {
                sent.add(record);
            }
            if (wait) {
                held.add(send);
            }
        }
        if (refusal != null) {
            send.confirmed().completeExceptionally(refusal);
        } else if (!wait) {
            confirm(send);
        }
        return send.confirmed();
    }

    @Override
    public synchronized int prepare(String topic, Duration patience) {
        if (missing.contains(topic)) {
            throw new TimeoutException("topic " + topic + " is not there");
        }
        prepared.add(topic);
        return partitionsOf(topic);
    }

    @Override
    public void close() {
        List<Held> now;
        synchronized (this) {
            closed = true;
            now = takeHeld();
        }
        now.forEach(send ->
                send.confirmed().completeExceptionally(new KafkaException("the producer closed")));
    }

    private @Nullable Exception refusal(ProducerRecord<String, byte[]> record) {
        if (closed) {
            return new IllegalStateException("the producer is closed");
        }
        if (failure != null) {
            return failure;
        }
        Integer wanted = record.partition();
        if (missing.contains(record.topic())
                || (wanted != null && wanted >= partitionsOf(record.topic()))) {
            return new TimeoutException("topic or partition is not there: " + record.topic());
        }
        if (record.value() != null && record.value().length > LARGEST_RECORD) {
            return new RecordTooLargeException("larger than " + LARGEST_RECORD + " bytes");
        }
        return null;
    }

    private void confirm(Held send) {
        RecordMetadata metadata;
        synchronized (this) {
            metadata = append(send.record());
        }
        send.confirmed().complete(metadata);
    }

    private RecordMetadata append(ProducerRecord<String, byte[]> record) {
        var partition = new TopicPartition(record.topic(), partition(record));
        long end = ends.merge(partition, 1L, Long::sum);
        Instant now = brokerClock.instant();
        int keySize = record.key() == null ? -1 : record.key().getBytes(UTF_8).length;
        int valueSize = record.value() == null ? -1 : record.value().length;
        return new RecordMetadata(partition, end - 1, 0, now.toEpochMilli(), keySize, valueSize);
    }

    private int partition(ProducerRecord<String, byte[]> record) {
        if (record.partition() != null) {
            return record.partition();
        }
        return record.key() == null
                ? 0
                : BuiltInPartitioner.partitionForKey(
                        record.key().getBytes(UTF_8), partitionsOf(record.topic()));
    }

    private int partitionsOf(String topic) {
        return partitions.getOrDefault(topic, 1);
    }

    private List<Held> takeHeld() {
        List<Held> taken = List.copyOf(held);
        held.clear();
        return taken;
    }

    private static <T> T decode(ProducerRecord<String, byte[]> record, Class<T> family) {
        try {
            return Codec.decode(record.value(), family);
        } catch (UnreadableRecordException e) {
            throw new AssertionError("not a " + family.getSimpleName() + ": " + record, e);
        }
    }
}

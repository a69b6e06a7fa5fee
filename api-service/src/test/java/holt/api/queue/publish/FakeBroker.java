package holt.api.queue.publish;

import static holt.kafka.TestTopics.TOPICS;

import holt.api.queue.index.EventPlace;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.DeadLetter;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;

/** A broker in memory that confirms, loses or delays records as a test wants. Its followers read each event as soon as it is there. */
public final class FakeBroker {
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<BiConsumer<JobEvent, EventPlace>> followers = new ArrayList<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private Predicate<ProducerRecord<String, byte[]>> lost = _ -> false;
    private Predicate<ProducerRecord<String, byte[]>> late = _ -> false;

    private record Delayed(
            ProducerRecord<String, byte[]> record, CompletableFuture<Void> confirmed) {}

    /** From now on, records that match do not arrive, and their senders see a time-out. */
    public synchronized void lose(Predicate<ProducerRecord<String, byte[]>> which) {
        lost = which;
    }

    /** From now on, records that match arrive and are confirmed only with {@link #release}. */
    public synchronized void delay(Predicate<ProducerRecord<String, byte[]>> which) {
        late = which;
    }

    /** All records arrive from now on, also the delayed ones. */
    public void release() {
        synchronized (this) {
            late = _ -> false;
        }
        takeDelayed()
                .forEach(it -> {
                    arrive(it.record);
                    it.confirmed.complete(null);
                });
    }

    /** The delayed records never arrive, and their senders see a time-out. */
    public void loseDelayed() {
        takeDelayed().forEach(it -> it.confirmed.completeExceptionally(timeout()));
    }

    /** How many records are delayed. */
    public synchronized int delayed() {
        return delayed.size();
    }

    public static Predicate<ProducerRecord<String, byte[]>> in(String topic) {
        return record -> record.topic().startsWith(topic);
    }

    public synchronized void follow(BiConsumer<JobEvent, EventPlace> follower) {
        followers.add(follower);
    }

    public CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
        synchronized (this) {
            if (lost.test(record)) {
                return CompletableFuture.failedFuture(timeout());
            }
            if (late.test(record)) {
                var confirmed = new CompletableFuture<Void>();
                delayed.add(new Delayed(record, confirmed));
                return confirmed;
            }
        }
        arrive(record);
        return CompletableFuture.completedFuture(null);
    }

    /** The jobs in all queues. */
    public List<Job> jobs() {
        return read("holt.jobs.", Job.class);
    }

    public List<JobEvent> events() {
        return read(TOPICS.events(), JobEvent.class);
    }

    public <T extends JobEvent> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<Command> commands() {
        return read(TOPICS.commands(), Command.class);
    }

    public List<DeadLetter> deadLetters() {
        return read(TOPICS.dead(), DeadLetter.class);
    }

    /** The topics of all records, in the order of their arrival. */
    public synchronized List<String> topics() {
        return records.stream().map(ProducerRecord::topic).toList();
    }

    public synchronized List<ProducerRecord<String, byte[]>> records() {
        return List.copyOf(records);
    }

    /** The event at that place. */
    public synchronized byte[] read(EventPlace place) {
        return records.stream()
                .filter(in(TOPICS.events()))
                .skip(place.offset())
                .findFirst()
                .orElseThrow()
                .value();
    }

    private synchronized List<Delayed> takeDelayed() {
        var all = List.copyOf(delayed);
        delayed.clear();
        return all;
    }

    private static TimeoutException timeout() {
        return new TimeoutException("not confirmed");
    }

    private void arrive(ProducerRecord<String, byte[]> record) {
        List<BiConsumer<JobEvent, EventPlace>> readers = List.of();
        long offset;
        synchronized (this) {
            offset = records.stream().filter(in(TOPICS.events())).count();
            records.add(record);
            if (record.topic().equals(TOPICS.events())) {
                readers = List.copyOf(followers);
            }
        }
        var place = new EventPlace(0, offset);
        readers.forEach(reader -> reader.accept(decode(record, JobEvent.class), place));
    }

    private synchronized <T> List<T> read(String topic, Class<T> type) {
        return records.stream().filter(in(topic)).map(record -> decode(record, type)).toList();
    }

    private static <T> T decode(ProducerRecord<String, byte[]> record, Class<T> type) {
        try {
            return Codec.decode(record.value(), type);
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }
}

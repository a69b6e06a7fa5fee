package holt.api.queue.index;

import holt.api.RequestRejectedException;
import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads outcomes where they lie: in the log of events, and the large ones in the object store. Its callers wait, one after the other. */
public final class ReadOutcome implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOutcome.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** One outcome and a little more: the default would fetch a megabyte for each. */
    private static final int FETCH_BYTES = 2 * ClaimCheck.INLINE_LIMIT;

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String, byte[]> log;
    private final ClaimCheck claims;

    public ReadOutcome(KafkaClients clients, ClaimCheck claims) {
        this.claims = claims;
        log =
                clients.consumer(
                        Map.of(
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                1,
                                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                FETCH_BYTES));
    }

    /**
     * The outcome that stands there.
     *
     * @throws RequestRejectedException if the broker or the store cannot give it now, or do not have it any more
     */
    public Outcome at(KnownJob.EventPlace place) {
        ConsumerRecord<String, byte[]> record = record(place);
        if (record == null) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker does not give the job's outcome; try again later",
                    null,
                    PATIENCE);
        }
        try {
            if (Codec.decode(record.value(), JobEvent.class) instanceof JobEvent.Finished end) {
                return resolve(end.outcome());
            }
        } catch (UnreadableRecordException e) {
            LOG.atError().setCause(e).log("an outcome could not be read; its client is told so");
        }
        throw new RequestRejectedException(
                Failure.SERVER_ERROR, "the job's outcome could not be read");
    }

    /** The outcome itself, where this one is a claim check. May wait for the store. */
    public Outcome resolve(Outcome outcome) {
        if (!(outcome instanceof Outcome.Stored stored)) {
            return outcome;
        }
        try {
            return Codec.decode(claims.get(stored.object()), Outcome.class);
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("key", stored.object().key())
                    .setCause(e)
                    .log("a stored result could not be read; its client is told so");
            return new Outcome.Failed(
                    e instanceof StoreUnavailableException
                            ? Failure.STORAGE_UNAVAILABLE
                            : Failure.SERVER_ERROR,
                    "the result could not be read from the object store");
        }
    }

    @Override
    public void close() {
        log.wakeup();
        lock.lock();
        try {
            log.close();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ConsumerRecord<String, byte[]> record(KnownJob.EventPlace place) {
        var partition = new TopicPartition(Topics.EVENTS, place.partition());
        lock.lock();
        try {
            log.assign(List.of(partition));
            log.seek(partition, place.offset());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - giveUp < 0) {
                for (ConsumerRecord<String, byte[]> record : log.poll(PATIENCE)) {
                    if (record.offset() == place.offset()) {
                        return record;
                    }
                }
            }
            return null;
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("an outcome could not be fetched; its client is told so");
            return null;
        } finally {
            lock.unlock();
        }
    }
}

package holt.api.queue.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the broker takes the records of one topic partition. The breaker opens when a record is not confirmed in time, or is refused. It
 * closes with the next confirmation.
 *
 * <p>While the breaker is open, no record passes as long as one is unconfirmed: that one is the probe.
 */
public final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final TopicPartition partition;
    private final InstantSource clock;
    private final Duration confirmWithin;
    private final Set<Unconfirmed> unconfirmed = new LinkedHashSet<>();
    private @Nullable Throwable failure;
    private Instant failedSince = Instant.MAX;

    /** A record on its way. */
    static final class Unconfirmed {
        private final Instant sent;

        private Unconfirmed(Instant sent) {
            this.sent = sent;
        }
    }

    Breaker(TopicPartition partition, InstantSource clock, Duration confirmWithin) {
        this.partition = partition;
        this.clock = clock;
        this.confirmWithin = confirmWithin;
    }

    /** Whether records may not be confirmed in time. */
    public synchronized boolean isOpen() {
        return failure != null || isLate();
    }

    /** Whether the present trouble has begun by then. */
    public synchronized boolean isOpenSince(Instant time) {
        Instant since = failure != null ? failedSince : oldest();
        return isOpen() && !since.isAfter(time);
    }

    /** Whether another record may be sent: the breaker is closed, or the record is its probe. */
    public synchronized boolean mayPass() {
        return unconfirmed.isEmpty() || !isOpen();
    }

    /** Why the last record failed; null if a later one was confirmed. */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** The broker did not take a record. */
    public synchronized void refused(Throwable reason) {
        if (failure == null) {
            failedSince = oldest();
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("reason", reason.getMessage())
                    .addKeyValue(
                            "missingRight",
                            reason instanceof AuthorizationException ? "WRITE" : "none")
                    .log(
                            "the broker does not take a topic's records; their jobs wait, and each gets 503 after holt.jobs.hold");
        }
        failure = reason;
    }

    synchronized Unconfirmed begin() {
        var record = new Unconfirmed(clock.instant());
        unconfirmed.add(record);
        return record;
    }

    synchronized void confirmed(Unconfirmed record) {
        unconfirmed.remove(record);
        failure = null;
    }

    /** No one tries to send the record any more. */
    synchronized void givenUp(Unconfirmed record) {
        unconfirmed.remove(record);
    }

    private boolean isLate() {
        return oldest().plus(confirmWithin).isBefore(clock.instant());
    }

    /** When the oldest unconfirmed record was sent; now if there is none. */
    private Instant oldest() {
        return unconfirmed.isEmpty() ? clock.instant() : unconfirmed.iterator().next().sent;
    }
}

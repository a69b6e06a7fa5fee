package holt.api.queue.publish;

import holt.api.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends records, and keeps trying while the broker is in trouble. The producer itself repeats what may have arrived. This class repeats what
 * the broker has refused for now: a right may be missing for a moment.
 */
public final class HoldRecords implements SendRecord {
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final SendRecord producer;
    private final Breakers breakers;
    private final Timer timer;
    private final InstantSource clock;
    private final Duration hold;
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param producer gives up an unconfirmed record after {@code hold}
     * @param hold how long to try
     * @param mostBytes of unconfirmed records; one too many fails at once
     */
    public HoldRecords(
            SendRecord producer,
            Breakers breakers,
            Timer timer,
            InstantSource clock,
            Duration hold,
            long mostBytes) {
        this.producer = producer;
        this.breakers = breakers;
        this.timer = timer;
        this.clock = clock;
        this.hold = hold;
        this.mostBytes = mostBytes;
    }

    @Override
    public CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
        var confirmed = new CompletableFuture<Void>();
        int size = record.value().length;
        if (bytes.addAndGet(size) > mostBytes) {
            bytes.addAndGet(-size);
            return CompletableFuture.failedFuture(
                    new BufferExhaustedException("too many bytes wait for the broker"));
        }
        var _ = confirmed.whenComplete((_, _) -> bytes.addAndGet(-size));
        Breaker breaker = breakers.of(record);
        Breaker.Unconfirmed sent = breaker.begin();
        attempt(record, breaker, sent, clock.instant().plus(hold), confirmed);
        return confirmed;
    }

    private void attempt(
            ProducerRecord<String, byte[]> record,
            Breaker breaker,
            Breaker.Unconfirmed sent,
            Instant end,
            CompletableFuture<Void> confirmed) {
        var _ =
                producer.send(record)
                        .whenComplete((_, failure) -> {
                            if (failure == null) {
                                breaker.confirmed(sent);
                                confirmed.complete(null);
                                return;
                            }
                            boolean passes = mayPass(failure);
                            if (passes) {
                                breaker.refused(failure);
                            }
                            if (passes && clock.instant().plus(RETRY_DELAY).isBefore(end)) {
                                // A producer that looks for a topic blocks its caller.
                                var _ =
                                        timer.after(
                                                RETRY_DELAY,
                                                () ->
                                                        Thread.startVirtualThread(() ->
                                                                attempt(
                                                                        record, breaker, sent, end,
                                                                        confirmed)));
                            } else {
                                breaker.givenUp(sent);
                                confirmed.completeExceptionally(failure);
                            }
                        });
    }

    /** Whether the topic is at fault, not the record. */
    private static boolean mayPass(Throwable failure) {
        return failure instanceof RetriableException || failure instanceof AuthorizationException;
    }
}

package holt.worker.report;

import holt.kafka.Publisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Reply;
import holt.protocol.WorkerId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one claim, numbered from 0, and its {@code Started} event. The engine's thread sends deltas and progress. Everything else
 * is the slot's.
 */
public final class ClaimReplies implements Consumer<Reply> {
    private final ClaimedJob claimed;
    private final WorkerId worker;
    private final PublishEvents events;
    private final Publisher publisher;
    private final AtomicInteger sequence = new AtomicInteger();
    private @Nullable CompletableFuture<?> started;

    ClaimReplies(ClaimedJob claimed, WorkerId worker, PublishEvents events, Publisher publisher) {
        this.claimed = claimed;
        this.worker = worker;
        this.events = events;
        this.publisher = publisher;
    }

    @Override
    public void accept(Reply reply) {
        var _ = send(reply);
    }

    /** @return completes when the broker has the reply */
    public CompletableFuture<?> send(Reply reply) {
        var record =
                new ProducerRecord<String, byte[]>(
                        Topics.REPLIES,
                        claimed.job().replyTo().partition(),
                        null,
                        Codec.encode(reply));
        claimed.headers(sequence.getAndIncrement()).writeTo(record.headers());
        return publisher.send(record);
    }

    /**
     * Publishes the {@code Started} event at the first call.
     *
     * @return completes when the broker has the event
     */
    public CompletableFuture<?> publishStarted() {
        CompletableFuture<?> sent = started;
        if (sent == null) {
            Job job = claimed.job();
            sent =
                    events.publish(
                            new JobEvent.Started(
                                    job.id(),
                                    job.model(),
                                    job.lane(),
                                    claimed.partition(),
                                    claimed.claim(),
                                    worker,
                                    claimed.run()));
            started = sent;
        }
        return sent;
    }
}

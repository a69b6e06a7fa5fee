package holt.worker.report;

import holt.kafka.Publisher;
import holt.protocol.Codec;
import holt.protocol.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The replies of one claim, numbered from 0. The engine's thread sends deltas and progress, the claim's thread everything else. */
public final class ClaimReplies implements Consumer<Reply> {
    private final ClaimedJob claimed;
    private final Publisher publisher;
    private final AtomicInteger sequence = new AtomicInteger();

    ClaimReplies(ClaimedJob claimed, Publisher publisher) {
        this.claimed = claimed;
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
                        publisher.topics().replies(),
                        claimed.job().replyTo().partition(),
                        null,
                        Codec.encode(reply));
        claimed.headers(sequence.getAndIncrement()).writeTo(record.headers());
        return publisher.send(record);
    }
}

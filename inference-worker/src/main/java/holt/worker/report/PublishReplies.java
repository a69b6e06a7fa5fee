package holt.worker.report;

import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.WorkerId;
import holt.worker.run.ClaimedJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Everything that a worker writes about jobs: replies, events, retries and dead letters. */
public final class PublishReplies implements AutoCloseable {
    /** Token streams come in small batches: a record waits this long for its neighbours. */
    private static final Duration LINGER = Duration.ofMillis(2);

    /** The longest outage of the broker after which an outcome still gets through. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The queue topic to which a job in a retry topic goes back. */
    public static final String QUEUE_HEADER = "holt-queue";

    /** When the record is due, in milliseconds of the broker's clock. */
    public static final String DUE_HEADER = "holt-due";

    /** How often a record of a newer release has been put off. */
    public static final String WAITS_HEADER = "holt-waits";

    private final WorkerId worker;
    private final Publisher deltas;
    private final Publisher prompt;

    public PublishReplies(WorkerId worker, KafkaClients clients) {
        this.worker = worker;
        this.deltas = clients.publisher(LINGER, PATIENCE);
        this.prompt = clients.publisher(Duration.ZERO, PATIENCE);
        deltas.prepare(Topics.REPLIES, PATIENCE);
        Stream.concat(
                        Stream.of(Topics.REPLIES, Topics.EVENTS, Topics.DEAD),
                        Stream.of(Topics.Retry.values()).map(Topics.Retry::topic))
                .forEach(topic -> prompt.prepare(topic, PATIENCE));
    }

    /**
     * Tells the client that the claim's run begins; what the engine then tells goes on with the claim's sequence numbers. A client that waits
     * for the end of a first run alone is spared the reply: it would only hold up the next one.
     */
    public ClaimReplies started(ClaimedJob claimed) {
        var own = new ClaimReplies(claimed);
        if (isReadAlong(claimed.job()) || claimed.run() > 1) {
            own.accept(new Reply.Started(worker, claimed.run()));
        }
        return own;
    }

    /** The replies of one claim, in order. Used by the claim's slot, except for what the engine tells. */
    public final class ClaimReplies implements Consumer<Reply> {
        private final ClaimedJob claimed;
        private final Publisher replies;
        private final AtomicInteger sequence = new AtomicInteger();
        private @Nullable CompletableFuture<?> announced;

        private ClaimReplies(ClaimedJob claimed) {
            this.claimed = claimed;
            this.replies = isReadAlong(claimed.job()) ? deltas : prompt;
        }

        @Override
        public void accept(Reply reply) {
            var _ = send(reply);
        }

        /** Tells the events of the start, once; done when the broker has that. */
        public CompletableFuture<?> announce() {
            CompletableFuture<?> sent = announced;
            if (sent == null) {
                Job job = claimed.job();
                sent =
                        prompt.send(
                                record(
                                        new JobEvent.Started(
                                                job.id(),
                                                job.model(),
                                                job.lane(),
                                                claimed.partition(),
                                                claimed.claim(),
                                                worker,
                                                claimed.run())));
                announced = sent;
            }
            return sent;
        }

        /** The job's end; done when the broker has both the reply and the event. */
        public CompletableFuture<?> finish(Outcome outcome) {
            var _ = announce();
            Job job = claimed.job();
            CompletableFuture<?> told = send(outcome);
            CompletableFuture<?> settled =
                    prompt.send(
                            record(
                                    new JobEvent.Finished(
                                            job.id(),
                                            job.model(),
                                            job.lane(),
                                            claimed.partition(),
                                            claimed.claim(),
                                            outcome)));
            return CompletableFuture.allOf(told, settled);
        }

        private CompletableFuture<?> send(Reply reply) {
            var record =
                    new ProducerRecord<String, byte[]>(
                            Topics.REPLIES,
                            claimed.job().replyTo().partition(),
                            null,
                            Codec.encode(reply));
            claimed.headers(sequence.getAndIncrement()).writeTo(record.headers());
            return replies.send(record);
        }
    }

    /**
     * The record waits on that topic until it is due, and goes back to its queue.
     *
     * @param waits how often the record has been put off unread, for a record that this release cannot read
     */
    public CompletableFuture<?> retry(Topics.Retry when, Waiting record, Instant due, int waits) {
        var waiting = new ProducerRecord<>(when.topic(), record.key, record.value);
        put(waiting.headers(), QUEUE_HEADER, record.queue);
        put(waiting.headers(), DUE_HEADER, Long.toString(due.toEpochMilli()));
        put(waiting.headers(), WAITS_HEADER, Integer.toString(waits));
        return prompt.send(waiting);
    }

    /** A record of a queue that is to come back there. */
    public record Waiting(String queue, String key, byte[] value) {}

    public CompletableFuture<?> event(JobEvent event) {
        return prompt.send(record(event));
    }

    /**
     * A record goes back to its queue.
     *
     * @param partition null: any
     */
    public CompletableFuture<?> requeue(
            String queue, @Nullable Integer partition, String key, byte[] value, Headers headers) {
        return prompt.send(new ProducerRecord<>(queue, partition, null, key, value, headers));
    }

    public CompletableFuture<?> dead(DeadLetter letter, String key) {
        return prompt.send(new ProducerRecord<>(Topics.DEAD, key, Codec.encode(letter)));
    }

    @Override
    public void close() {
        deltas.close();
        prompt.close();
    }

    /** One publisher for all replies of a claim, since two would not keep their order. Who waits for the end alone gets it without delay. */
    private static boolean isReadAlong(Job job) {
        return !(job.payload() instanceof Payload.Inline(Task.Chat chat)) || chat.stream();
    }

    private static void put(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static ProducerRecord<String, byte[]> record(JobEvent event) {
        return new ProducerRecord<>(Topics.EVENTS, event.job().value(), Codec.encode(event));
    }
}

package holt.worker.settle;

import holt.kafka.Publisher;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import holt.store.KeepPayload;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes to {@code holt.dead} what this worker gives up. */
public final class PublishDeadLetters {
    private final WorkerId worker;
    private final Publisher publisher;
    private final KeepPayload keep;
    private final InstantSource clock;

    /** @param clock the broker's */
    public PublishDeadLetters(
            WorkerId worker, Publisher publisher, KeepPayload keep, InstantSource clock) {
        this.worker = worker;
        this.publisher = publisher;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * @param run the last one
     * @return completes when the broker has the dead letter
     */
    CompletableFuture<?> job(Job job, int run, Outcome.Failed failed, String trace) {
        return keep.of(job)
                .thenCompose(kept ->
                        send(
                                job.id().value(),
                                new DeadLetter(
                                        kept,
                                        null,
                                        failed.reason(),
                                        failed.message(),
                                        run,
                                        worker,
                                        clock.instant(),
                                        trace)));
    }

    /** @return completes when the broker has the dead letter */
    CompletableFuture<?> undecodable(@Nullable String key, byte @Nullable [] value, String why) {
        var letter =
                new DeadLetter(
                        null,
                        value == null ? "" : Base64.getEncoder().encodeToString(value),
                        Failure.SERVER_ERROR,
                        why,
                        0,
                        worker,
                        clock.instant(),
                        "");
        return send(key, letter);
    }

    private CompletableFuture<?> send(@Nullable String key, DeadLetter letter) {
        return publisher.send(
                new ProducerRecord<>(publisher.topics().dead(), key, Codec.encode(letter)));
    }
}

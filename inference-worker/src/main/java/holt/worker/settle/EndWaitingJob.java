package holt.worker.settle;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Ends a record of a retry topic whose queue is gone. A job fails and becomes a dead letter. A record that is no job becomes one, too. */
final class EndWaitingJob {
    static final Outcome.Failed QUEUE_GONE =
            new Outcome.Failed(
                    Failure.MODEL_NOT_FOUND,
                    "model: was removed while the job waited for its next attempt",
                    "model");

    private final SettleJob settle;
    private final PublishDeadLetters deadLetters;

    EndWaitingJob(SettleJob settle, PublishDeadLetters deadLetters) {
        this.settle = settle;
        this.deadLetters = deadLetters;
    }

    /** @return completes when the broker has all records that settle this one */
    CompletableFuture<?> end(ConsumerRecord<String, byte[]> record) {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            return deadLetters.undecodable(
                    record.key(), record.value(), "its queue is gone, and it is unreadable");
        }
        return settle.endWaiting(job, QUEUE_GONE);
    }
}

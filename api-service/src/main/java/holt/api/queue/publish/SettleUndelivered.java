package holt.api.queue.publish;

import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.UnreadableRecordException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a record that the broker gave up, since no worker accepted it: another attempt, an end, or a dead letter. */
public final class SettleUndelivered {
    private static final Logger LOG = LoggerFactory.getLogger(SettleUndelivered.class);

    private final PublishJobs publish;
    private final SettleCrash crash;
    private final InstantSource clock;

    /** @param clock the broker's */
    public SettleUndelivered(PublishJobs publish, SettleCrash crash, InstantSource clock) {
        this.publish = publish;
        this.crash = crash;
        this.clock = clock;
    }

    /** @return done once the broker has confirmed all that settles the record */
    CompletableFuture<?> settle(ConsumerRecord<String, byte[]> record) {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            return keepUnreadable(record, String.valueOf(e.getMessage()));
        }
        return crash.settle(job, null);
    }

    private CompletableFuture<?> keepUnreadable(
            ConsumerRecord<String, byte[]> record, String reason) {
        LOG.atError()
                .addKeyValue("reason", reason)
                .log("the broker gave up a record that is no job; it becomes a dead letter");
        String bytes =
                record.value() == null ? "" : Base64.getEncoder().encodeToString(record.value());
        var letter =
                new DeadLetter(
                        null, bytes, Failure.SERVER_ERROR, reason, 0, null, clock.instant(), "");
        return publish.dead(letter, record.key());
    }
}

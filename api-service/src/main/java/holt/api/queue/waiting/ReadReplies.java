package holt.api.queue.waiting;

import holt.api.Instance;
import holt.kafka.ReplyHeaders;
import holt.protocol.Codec;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.UnreadableRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the replies on this instance's partition to the waiting clients, and counts what it drops. */
public final class ReadReplies {
    private static final Logger LOG = LoggerFactory.getLogger(ReadReplies.class);

    private final String epoch;
    private final WaitingClients waiting;
    private final DeliverOutcomes deliver;
    private final BiConsumer<JobId, Outcome> ended;
    private final Counter late;
    private final Counter forged;

    /** @param ended gets each job whose outcome has come */
    public ReadReplies(
            Instance instance,
            WaitingClients waiting,
            DeliverOutcomes deliver,
            BiConsumer<JobId, Outcome> ended,
            MeterRegistry meters) {
        this.epoch = instance.address().epoch();
        this.waiting = waiting;
        this.deliver = deliver;
        this.ended = ended;
        String id = instance.id().value();
        this.late = meters.counter("holt_late_replies_total", "instance", id);
        this.forged = meters.counter("holt_forged_replies_total", "instance", id);
    }

    public void read(ConsumerRecord<String, byte[]> record) {
        ReplyHeaders headers = ReplyHeaders.read(record.headers());
        if (headers == null) {
            forged.increment();
            return;
        }
        if (!headers.epoch().equals(epoch)) {
            // For another instance on this partition, or for one that has stopped.
            return;
        }
        Reply reply;
        try {
            reply = Codec.decode(record.value(), Reply.class);
        } catch (UnreadableRecordException e) {
            forged.increment();
            LOG.atWarn()
                    .addKeyValue("jobId", headers.job().value())
                    .addKeyValue("reason", e.getMessage())
                    .log("a reply is not readable; the job's outcome comes with its event");
            return;
        }
        give(headers, reply);
    }

    private void give(ReplyHeaders headers, Reply reply) {
        if (reply instanceof Outcome.Stored stored) {
            deliver.end(headers.job(), stored);
            ended.accept(headers.job(), stored);
            return;
        }
        WaitingClient.Delivery delivery = waiting.deliver(headers, reply);
        if (delivery == WaitingClient.Delivery.LATE) {
            late.increment();
        } else if (reply instanceof Outcome outcome) {
            ended.accept(headers.job(), outcome);
        }
    }
}

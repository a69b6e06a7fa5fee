package holt.api.jobs;

import holt.kafka.ReplyHeaders;
import holt.protocol.Codec;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.UnreadableRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the replies on this instance's partition to the waiting clients, and counts what it drops. */
final class ReadReplies {
    private static final Logger LOG = LoggerFactory.getLogger(ReadReplies.class);

    private final String epoch;
    private final WaitingClients waiting;
    private final KafkaJobQueue queue;
    private final Counter late;
    private final Counter forged;

    ReadReplies(
            Instance instance, WaitingClients waiting, KafkaJobQueue queue, MeterRegistry meters) {
        this.epoch = instance.address().epoch();
        this.waiting = waiting;
        this.queue = queue;
        String id = instance.id().value();
        this.late = meters.counter("holt_late_replies_total", "instance", id);
        this.forged = meters.counter("holt_forged_replies_total", "instance", id);
    }

    void read(ConsumerRecord<String, byte[]> record) {
        ReplyHeaders headers = ReplyHeaders.read(record.headers());
        if (headers == null) {
            forged.increment();
            return;
        }
        if (!headers.epoch().equals(epoch)) {
            // For another instance on this partition, or for an earlier run of this one.
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
                    .log("a reply could not be read; the job's outcome comes with its event");
            return;
        }
        deliver(headers, reply);
    }

    private void deliver(ReplyHeaders headers, Reply reply) {
        if (reply instanceof Outcome.Stored stored) {
            queue.end(headers.job(), stored);
            queue.ended(headers.job());
            return;
        }
        WaitingClient.Delivery delivery = waiting.deliver(headers, reply);
        if (delivery == WaitingClient.Delivery.LATE) {
            late.increment();
        } else if (reply instanceof Outcome) {
            queue.ended(headers.job());
        }
    }
}

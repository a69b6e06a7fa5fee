package holt.api.audit.log;

import holt.api.RequestRejectedException;
import holt.api.audit.Audit;
import holt.api.audit.AuditEntry;
import holt.api.audit.AuditPage;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.ReadTail;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.UnreadableRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the audit in {@code holt.audit}, and reads it when somebody asks. */
@Component
final class KafkaAudit implements Audit {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAudit.class);

    private final Publisher publisher;
    private final ReadTail read;

    KafkaAudit(KafkaClients clients, Publisher orderPublisher) {
        this.publisher = orderPublisher;
        this.read = new ReadTail(clients, clients.topics().audit());
    }

    @Override
    public CompletableFuture<?> write(AuditEntry entry) {
        return publisher.send(
                new ProducerRecord<>(
                        publisher.topics().audit(), entry.target(), Codec.encode(entry)));
    }

    @Override
    public AuditPage newest(long before, int most) {
        List<AuditPage.Row> rows = new ArrayList<>();
        try {
            read.read(before, most, record -> add(rows, record));
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("the audit could not be read; the operator gets 503");
            throw new RequestRejectedException(
                    Failure.OVERLOADED, "the broker does not give the audit now; try again");
        }
        return new AuditPage(rows.reversed(), rows.size() < most ? null : rows.getFirst().number());
    }

    private static void add(List<AuditPage.Row> rows, ConsumerRecord<String, byte[]> record) {
        try {
            rows.add(
                    new AuditPage.Row(
                            record.offset(),
                            Instant.ofEpochMilli(record.timestamp()),
                            Codec.decode(record.value(), AuditEntry.class)));
        } catch (UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("an entry of the audit is unreadable; the page leaves it out");
        }
    }
}

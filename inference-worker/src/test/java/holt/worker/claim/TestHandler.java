package holt.worker.claim;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.NOW;

import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.JobEvent;
import holt.protocol.UnreadableRecordException;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import holt.worker.metrics.JobMetrics;
import holt.worker.report.PublishEvents;
import holt.worker.report.PublishReplies;
import holt.worker.run.RunJob;
import holt.worker.settle.PublishDeadLetters;
import holt.worker.settle.SetAside;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The real parts from a record to its settlement, with one publisher. Each event that the publisher confirms is read back at once. */
final class TestHandler {
    static final WorkerId WORKER = new WorkerId("w");

    static final int REMEMBERED = 10;

    final RunOwners owners = new RunOwners(REMEMBERED, Instant.MIN);
    final HandleRecord handle;

    /** @param log what the log held before the test */
    TestHandler(
            RecordingPublisher publisher,
            RunJob run,
            ClaimCheck claims,
            InstantSource clock,
            EventLog log) {
        var events = new PublishEvents(new ReadBack(publisher, owners));
        var retries = new PublishRetries(publisher, clock, () -> 0);
        var deadLetters = new PublishDeadLetters(WORKER, publisher, new KeepPayload(claims), clock);
        var setAside = new SetAside(WORKER, events, retries, deadLetters, publisher, clock);
        handle =
                new HandleRecord(
                        WORKER,
                        setAside,
                        events,
                        owners,
                        new SuspectJobs(),
                        new ServeJob(
                                owners,
                                log,
                                run,
                                new StoreOutcome(new InMemoryObjectStore(), claims, clock),
                                new SettleJob(WORKER, events, retries, deadLetters, clock, 3),
                                setAside,
                                new PublishReplies(WORKER, publisher, publisher),
                                new JobMetrics(clock)),
                        clock);
    }

    private record ReadBack(RecordingPublisher publisher, RunOwners owners) implements Publisher {
        @Override
        public Topics topics() {
            return publisher.topics();
        }

        @Override
        public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            return publisher
                    .send(record)
                    .thenApply(metadata -> {
                        if (record.topic().equals(TOPICS.events())) {
                            owners.apply(
                                    event(record.value()),
                                    metadata.partition(),
                                    metadata.offset(),
                                    NOW);
                        }
                        return metadata;
                    });
        }

        @Override
        public int prepare(String topic, Duration patience) {
            return publisher.prepare(topic, patience);
        }

        @Override
        public void close() {
            publisher.close();
        }

        private static JobEvent event(byte[] value) {
            try {
                return Codec.decode(value, JobEvent.class);
            } catch (UnreadableRecordException e) {
                throw new AssertionError(e);
            }
        }
    }
}

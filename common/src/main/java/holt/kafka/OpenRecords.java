package holt.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one partition that were read and are not done with. Each is handled when it is due, beside the others. A record that fails
 * holds back only the commit. One thread uses it.
 */
final class OpenRecords {
    /** With this many open records, the partition is read no further. */
    static final int FULL = 500;

    static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OpenRecords.class);

    private final RecordHandler handler;
    private final Deque<Open> open = new ArrayDeque<>();
    private long done = -1;
    private long committed = -1;

    private static final class Open {
        private final ConsumerRecord<String, byte[]> record;
        private Instant due;
        private @Nullable CompletableFuture<?> handling;

        private Open(ConsumerRecord<String, byte[]> record, Instant due) {
            this.record = record;
            this.due = due;
        }

        private boolean isDone() {
            return handling != null && handling.isDone() && !handling.isCompletedExceptionally();
        }
    }

    OpenRecords(RecordHandler handler) {
        this.handler = handler;
    }

    void add(Collection<ConsumerRecord<String, byte[]>> records) {
        records.forEach(record -> open.add(new Open(record, handler.due(record))));
    }

    boolean isFull() {
        return open.size() >= FULL;
    }

    void handleDue(Instant now) {
        open.forEach(it -> handleIfDue(it, now));
    }

    /** The earliest time at which a record becomes due; the given time if none does before it. */
    Instant nextDue(Instant atLatest) {
        return open.stream()
                .filter(it -> it.handling == null)
                .map(it -> it.due)
                .filter(due -> due.isBefore(atLatest))
                .min(Instant::compareTo)
                .orElse(atLatest);
    }

    /** The offset behind the records that are done with; empty if it is committed, or there is none. */
    OptionalLong toCommit() {
        while (!open.isEmpty() && open.getFirst().isDone()) {
            done = open.removeFirst().record.offset() + 1;
        }
        return done > committed ? OptionalLong.of(done) : OptionalLong.empty();
    }

    void committed(long offset) {
        committed = offset;
    }

    /** Completes when no record is being handled. */
    CompletableFuture<?> idle() {
        return CompletableFuture.allOf(
                open.stream()
                        .map(it -> it.handling)
                        .filter(handling -> handling != null)
                        .map(handling -> handling.exceptionally(_ -> null))
                        .toArray(CompletableFuture<?>[]::new));
    }

    private void handleIfDue(Open it, Instant now) {
        CompletableFuture<?> handling = it.handling;
        if (handling != null && handling.isCompletedExceptionally()) {
            LOG.atWarn()
                    .addKeyValue("topic", it.record.topic())
                    .addKeyValue("jobId", it.record.key())
                    .addKeyValue("reason", handling.exceptionNow().getMessage())
                    .log("a record could not be handled; the next try follows in a second");
            it.handling = null;
            it.due = now.plus(AGAIN_AFTER);
        }
        if (it.handling == null && !now.isBefore(it.due)) {
            it.handling = handle(it.record);
        }
    }

    private CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
        try {
            return handler.handle(record);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}

package holt.worker.claim;

import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.UnreadableRecordException;
import holt.worker.report.ClaimedJob;
import holt.worker.settle.SetAside;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a claimed record, does it, and acknowledges the record last. */
public final class HandleRecord {
    private static final Logger LOG = LoggerFactory.getLogger(HandleRecord.class);

    /** An API instance ends every open job one minute after its deadline. After this time all of them know. */
    private static final Duration LONG_OVER = Duration.ofMinutes(2);

    /** A job with this many crashes does not run again. */
    private static final int MAX_CRASHES = 3;

    private static final int LOG_EVERY = 1000;

    private final SetAside setAside;
    private final CountCrashes count;
    private final SuspectJobs suspects;
    private final ServeJob serve;
    private final InstantSource clock;
    private final AtomicInteger skipped = new AtomicInteger();

    /** @param clock the broker's */
    public HandleRecord(
            SetAside setAside,
            CountCrashes count,
            SuspectJobs suspects,
            ServeJob serve,
            InstantSource clock) {
        this.setAside = setAside;
        this.count = count;
        this.suspects = suspects;
        this.serve = serve;
        this.clock = clock;
    }

    void handle(ConsumerRecord<String, byte[]> record, Slot slot, Lease lease)
            throws LeaseLostException, ExecutionException, InterruptedException {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            lease.await(setAside.unreadable(record, e));
            lease.accept();
            return;
        }
        if (clock.instant().isAfter(job.deadline().plus(LONG_OVER))) {
            skip(record.topic(), lease);
            return;
        }
        int deliveries = record.deliveryCount().map(Short::intValue).orElse(1);
        int crashes = lease.await(count.before(job, deliveries));
        var claimed =
                new ClaimedJob(job, ClaimId.random(), record.partition(), job.attempt() + crashes);
        int allCrashes = crashes + job.attemptsThatEndedWorkers();
        if (allCrashes >= MAX_CRASHES) {
            serve.giveUp(claimed, allCrashes, lease);
            lease.accept();
            return;
        }
        try (SuspectJobs.Turn turn = suspects.turn(allCrashes)) {
            lease.await(slot.cancellable(turn.comes()));
            serve.serve(claimed, deliveries > 1, slot, lease);
        } catch (CancellationException e) {
            LOG.atInfo()
                    .addKeyValue("jobId", job.id().value())
                    .log("this worker drains and hands a job back to its queue");
            lease.await(setAside.handBack(record));
        } finally {
            slot.free();
        }
        lease.accept();
    }

    /** After a crash, a broker can deliver again what was settled long ago (docs/adr/0007). */
    private void skip(String queue, Lease lease) {
        int before = skipped.getAndIncrement();
        if (before % LOG_EVERY == 0) {
            LOG.atWarn()
                    .addKeyValue("queue", queue)
                    .addKeyValue("skipped", before + 1)
                    .log("the broker delivers jobs again that ended long ago; they are skipped");
        }
        lease.skip();
    }
}

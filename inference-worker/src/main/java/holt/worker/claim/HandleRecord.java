package holt.worker.claim;

import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.UnreadableRecordException;
import holt.protocol.WorkerId;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishEvents;
import holt.worker.settle.SetAside;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a polled record. When it returns, the record may be accepted: the log knows the job's run. */
public final class HandleRecord {
    private static final Logger LOG = LoggerFactory.getLogger(HandleRecord.class);

    /** An API instance ends every open job one minute after its deadline. After this time all of them know. */
    private static final Duration LONG_OVER = Duration.ofMinutes(2);

    /** Much less than a lock, so that no other worker gets the record meanwhile. */
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(5);

    private static final int LOG_EVERY = 1000;

    private final WorkerId worker;
    private final SetAside setAside;
    private final PublishEvents events;
    private final RunOwners owners;
    private final SuspectJobs suspects;
    private final ServeJob serve;
    private final InstantSource clock;
    private final AtomicInteger skipped = new AtomicInteger();

    /** @param clock the broker's */
    public HandleRecord(
            WorkerId worker,
            SetAside setAside,
            PublishEvents events,
            RunOwners owners,
            SuspectJobs suspects,
            ServeJob serve,
            InstantSource clock) {
        this.worker = worker;
        this.setAside = setAside;
        this.events = events;
        this.owners = owners;
        this.suspects = suspects;
        this.serve = serve;
        this.clock = clock;
    }

    /**
     * Claims the job for a reserved slot, unless it needs no run. Waits until the broker has what was written for the record.
     *
     * @return whether the job has the slot
     */
    boolean handle(ConsumerRecord<String, byte[]> record, Slots slots)
            throws ExecutionException, InterruptedException {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            setAside.unreadable(record, e).get();
            return false;
        }
        if (clock.instant().isAfter(job.deadline().plus(LONG_OVER))
                || owners.isTaken(job.id(), job.attempt())) {
            skip(record.topic());
            return false;
        }
        SuspectJobs.Turn turn = suspects.tryTurn(job.crashes());
        if (turn == null) {
            setAside.putOff(record, Topics.Retry.SOON).get();
            return false;
        }
        claim(job, record, slots, turn);
        return true;
    }

    private void claim(
            Job job, ConsumerRecord<String, byte[]> record, Slots slots, SuspectJobs.Turn turn)
            throws ExecutionException, InterruptedException {
        OpenClaim claim =
                slots.open(
                        new ClaimedJob(job, ClaimId.random(), record.partition(), record.offset()));
        CompletableFuture<Boolean> first = owners.register(claim);
        try {
            awaitStarted(claim, first, record);
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            owners.forget(claim);
            slots.discard(claim);
            turn.close();
            throw e;
        }
        Instant queued = Instant.ofEpochMilli(record.timestamp());
        Thread.ofVirtual()
                .name("job-" + job.id().value())
                .start(() -> {
                    try (turn) {
                        serve.serve(claim, first, queued, slots.runner());
                    } finally {
                        owners.forget(claim);
                        slots.close(claim);
                    }
                });
    }

    /**
     * Writes {@code Started} and waits for its confirmation. If that takes long, other jobs must not wait for it: the record goes to a retry
     * topic. If {@code Started} arrives after all, this claim runs, and the record that comes back is skipped.
     */
    private void awaitStarted(
            OpenClaim claim,
            CompletableFuture<Boolean> first,
            ConsumerRecord<String, byte[]> record)
            throws ExecutionException, InterruptedException {
        CompletableFuture<Void> started =
                events.publish(claim.claimed().started(worker))
                        .thenAccept(confirmed ->
                                owners.confirmed(
                                        claim,
                                        confirmed.partition(),
                                        confirmed.offset(),
                                        Instant.ofEpochMilli(confirmed.timestamp())));
        try {
            started.get(STARTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("jobId", record.key())
                    .log("the log does not take a job's start; the job is tried again in 5 s");
            setAside.putOff(record, Topics.Retry.LATER).get();
            var _ =
                    started.exceptionally(_ -> {
                        first.complete(false);
                        return null;
                    });
        }
    }

    /** The broker delivers a record again if it has lost an acknowledgement, or its own memory of them (docs/adr/0007). */
    private void skip(String queue) {
        int before = skipped.getAndIncrement();
        if (before % LOG_EVERY == 0) {
            LOG.atInfo()
                    .addKeyValue("queue", queue)
                    .addKeyValue("skipped", before + 1)
                    .log("the broker delivers jobs again that have run or ended; they are skipped");
        }
    }
}

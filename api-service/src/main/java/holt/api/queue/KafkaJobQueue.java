package holt.api.queue;

import holt.api.Instance;
import holt.api.RequestRejectedException;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.KnownJob;
import holt.api.queue.index.ReadOutcome;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.PrepareQueues;
import holt.api.queue.placement.PublishJobs;
import holt.api.queue.placement.RevokeJobs;
import holt.api.queue.waiting.ReplyListener;
import holt.api.queue.waiting.WaitingClient;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.EnsureTopics;
import holt.kafka.SendHeartbeats;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue on Kafka: registers the client, places and publishes its job, and answers where no worker will. */
final class KafkaJobQueue implements JobQueue, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaJobQueue.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration REFILL = Duration.ofSeconds(1);
    private static final Outcome.Failed NOT_CONFIRMED =
            new Outcome.Failed(
                    Failure.OVERLOADED,
                    "the queue's broker did not confirm the job; try again later");
    private static final Outcome EXPIRED =
            new Outcome.Failed(Failure.TIMEOUT, "the deadline passed before the job had finished");

    private final Instance instance;
    private final WaitingClients waiting;
    private final Kept kept;
    private final Broker broker;
    private final PlaceJobs place;
    private final PrepareQueues prepare;
    private final RevokeJobs revoke;
    private final KeyedJobs keyed;
    private volatile long unconfirmedAt = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("deadlines").factory());

    /**
     * The way to the broker: its clock, its pulse, and what is written there.
     *
     * @param confirmWithin after which a job that the broker has not confirmed is given up
     * @param longestDeadline which the broker keeps jobs for
     */
    record Broker(
            InstantSource clock,
            SendHeartbeats heart,
            PublishJobs publish,
            EnsureTopics topics,
            Duration confirmWithin,
            Duration longestDeadline) {

        /** Whether a heartbeat is overdue by more than a job may be. */
        boolean isSilent() {
            return heart.brokerSilentFor(heart.period().plus(confirmWithin));
        }
    }

    /** What is kept of jobs outside of this instance. */
    record Kept(JobIndex index, ReadOutcome outcomes, ClaimCheck claims) {}

    /** @param place makes the placement, given what sends a placed job */
    KafkaJobQueue(
            Instance instance,
            WaitingClients waiting,
            Kept kept,
            Broker broker,
            Function<BiConsumer<Job, Integer>, PlaceJobs> place) {
        this.instance = instance;
        this.waiting = waiting;
        this.kept = kept;
        this.broker = broker;
        this.place = place.apply(this::publish);
        prepare =
                new PrepareQueues(this.place, broker.publish, broker.topics, broker.confirmWithin);
        revoke = new RevokeJobs(broker.publish, broker.clock, timer);
        keyed =
                new KeyedJobs(
                        instance.id(), kept.index, this, broker.publish, broker.confirmWithin);
        timer.setRemoveOnCancelPolicy(true);
        every(REFILL, this::refill);
    }

    @Override
    public Ticket submit(NewJob wanted, @Nullable ReplyListener client) {
        if (place.holding() || broker.isSilent()) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker does not answer; try again later",
                    null,
                    RETRY_AFTER);
        }
        NewJob request = wanted.within(broker.longestDeadline);
        prepare.ensure(request.model().name(), request.lane());
        if (request.key() != null) {
            return keyed.submit(request.key(), request, client);
        }
        Job job = job(JobId.random(), request);
        WaitingClient waits = register(job.id(), request, client, false);
        if (request.outlives()) {
            int partition = place.reserve(job);
            return ticket(
                    job.id(),
                    request,
                    waits,
                    send(job, broker.publish.job(job, partition), partition));
        }
        place.add(job);
        return ticket(job.id(), request, waits, CompletableFuture.completedFuture(null));
    }

    /** Folds an event of any instance's job; an end that the waiting clients have not been told is told now. */
    void apply(JobEvent event, KnownJob.EventPlace where, Instant at) {
        try {
            if (kept.index.apply(event, where, at)) {
                place.apply(event);
            }
        } finally {
            // Whatever becomes of the index: those who wait are answered.
            if (event instanceof JobEvent.Finished finished) {
                end(finished.job(), finished.outcome());
            }
        }
    }

    /** A reply says that the job has ended: there is room for the next. */
    void ended(JobId job) {
        place.ended(job);
    }

    /** Passes the outcome on to the clients, if any wait here. */
    void end(JobId job, Outcome outcome) {
        if (!waiting.contains(job)) {
            return;
        }
        if (outcome instanceof Outcome.Stored stored) {
            Thread.startVirtualThread(() -> waiting.end(job, kept.outcomes.resolve(stored)));
        } else {
            waiting.end(job, outcome);
        }
    }

    /** The job, if it waits for its turn in front of the broker. */
    @Nullable Job inFront(JobId job) {
        return place.waiting(job);
    }

    /** Ends a job that is not in Kafka yet. */
    boolean withdraw(JobId job) {
        boolean withdrawn = place.withdraw(job);
        if (withdrawn) {
            waiting.end(job, new Outcome.Cancelled());
        }
        return withdrawn;
    }

    RevokeJobs revoke() {
        return revoke;
    }

    /** The largest in-flight window in use on any queue partition, in jobs. */
    int windowInUse() {
        return place.largestWindowInUse();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A job as it is published. May wait for the store. */
    Job job(JobId id, NewJob request) {
        Instant now = broker.clock.instant();
        return new Job(
                id,
                request.model().name(),
                request.lane(),
                1,
                now,
                now.plus(request.timeout()),
                instance.address(),
                List.of(),
                null,
                payload(request.task()));
    }

    /** The job with a key counts as placed, and its client waits. */
    KeyClaim begin(Job job, NewJob request, @Nullable ReplyListener client, String print) {
        WaitingClient waits = register(job.id(), request, client, false);
        return new KeyClaim(job, place.reserve(job), print, waits);
    }

    /** Another client waits for a job that has begun, or has ended already. */
    Ticket join(
            JobId id,
            NewJob request,
            @Nullable ReplyListener client,
            CompletableFuture<Void> accepted) {
        WaitingClient waits = register(id, request, client, true);
        KnownJob.EventPlace outcome = kept.index.outcome(id);
        if (waits != null && outcome != null) {
            Thread.startVirtualThread(() -> waiting.end(id, waits, read(outcome)));
        }
        return ticket(id, request, waits, accepted);
    }

    Ticket ticket(KeyClaim claim, NewJob request) {
        return ticket(claim.job.id(), request, claim.client, claim.accepted);
    }

    /** @param sent whether the broker has confirmed the job */
    CompletableFuture<Void> send(Job job, CompletableFuture<?> sent, int partition) {
        var accepted = new CompletableFuture<Void>();
        var _ =
                sent.whenComplete((_, failure) -> {
                    if (failure == null) {
                        accepted.complete(null);
                    } else {
                        // Not on the producer's thread, which has others to tell the same.
                        Thread.startVirtualThread(() -> giveUp(job, partition, failure, accepted));
                    }
                });
        return accepted;
    }

    private void giveUp(
            Job job, int partition, Throwable failure, CompletableFuture<Void> accepted) {
        waiting.end(job.id(), NOT_CONFIRMED);
        accepted.completeExceptionally(notConfirmed());
        unconfirmed(job, partition, failure);
        endUnrun(job, partition);
    }

    /** The broker may or may not have the claim: its client is told, but what the job becomes is for the log to say. */
    void unconfirmed(KeyClaim claim, Throwable reason) {
        end(claim, NOT_CONFIRMED);
        unconfirmed(claim.job, claim.partition, reason);
    }

    void end(KeyClaim claim, Outcome outcome) {
        if (claim.client != null) {
            waiting.end(claim.job.id(), claim.client, outcome);
        }
    }

    /** The job is another instance's to publish. */
    void drop(KeyClaim claim) {
        place.release(claim.job, claim.partition);
    }

    /** The broker may have the job all the same: it is revoked when the broker can be told. */
    void endUnrun(Job job, int partition) {
        var _ = revoke.cancel(job.id(), job.deadline());
        var _ =
                revoke.end(
                        new JobEvent.Finished(
                                job.id(), job.model(), job.lane(), partition, null, NOT_CONFIRMED),
                        job.deadline());
    }

    void later(Duration delay, Runnable action) {
        timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What it throws must not end it. */
    void every(Duration period, Runnable action) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException e) {
                        LOG.atError().setCause(e).log("a periodic task failed; it runs again");
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    static RequestRejectedException notConfirmed() {
        return new RequestRejectedException(
                NOT_CONFIRMED.reason(), NOT_CONFIRMED.message(), null, RETRY_AFTER);
    }

    private Ticket ticket(
            JobId id,
            NewJob request,
            @Nullable WaitingClient client,
            CompletableFuture<Void> accepted) {
        boolean outlives = request.outlives() || request.key() != null;
        Instant deadline = broker.clock.instant().plus(request.timeout());
        return new Ticket(
                id,
                accepted,
                () -> {
                    if (client != null
                            && waiting.abandon(id, client)
                            && !outlives
                            && !place.withdraw(id)) {
                        var _ = revoke.cancel(id, deadline);
                    }
                });
    }

    private @Nullable WaitingClient register(
            JobId id, NewJob request, @Nullable ReplyListener listener, boolean joined) {
        if (listener == null) {
            return null;
        }
        boolean stream = request.task() instanceof Task.Chat chat && chat.stream();
        var client = new WaitingClient(listener, stream, joined);
        waiting.register(id, client);
        ScheduledFuture<?> expiry =
                timer.schedule(
                        () -> expire(id, client),
                        request.timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        client.expiresBy(expiry);
        return client;
    }

    private Payload payload(Task task) {
        byte[] bytes = Codec.encode(task);
        if (!ClaimCheck.isNeededFor(bytes)) {
            return new Payload.Inline(task);
        }
        try {
            return new Payload.Stored(kept.claims.put(bytes));
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .setCause(e)
                    .log("a large request was refused, because the object store is away");
            throw new RequestRejectedException(
                    Failure.STORAGE_UNAVAILABLE,
                    "the object store is away; try again later",
                    null,
                    RETRY_AFTER);
        }
    }

    private Outcome read(KnownJob.EventPlace outcome) {
        try {
            return kept.outcomes.at(outcome);
        } catch (RequestRejectedException e) {
            return new Outcome.Failed(e.failure(), String.valueOf(e.getMessage()));
        }
    }

    private void publish(Job job, int partition) {
        var _ = send(job, broker.publish.job(job, partition), partition);
    }

    private void unconfirmed(Job job, int partition, Throwable reason) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("reason", reason.getMessage())
                .log(
                        "the broker did not confirm a job; its client is told so, and the job is revoked");
        unconfirmedAt = System.nanoTime();
        place.unplaced(job, partition);
        broker.heart.beatNow();
    }

    /** Nobody has answered in time. A worker that holds the job sees the deadline by itself. */
    private void expire(JobId job, WaitingClient client) {
        if (waiting.end(job, client, EXPIRED)) {
            place.withdraw(job);
        }
    }

    /** Nothing is placed while the broker is away: its jobs wait here, where they are not lost. */
    private void refill() {
        var sinceUnconfirmed = Duration.ofNanos(System.nanoTime() - unconfirmedAt);
        if (broker.isSilent()) {
            place.hold();
        } else if (!place.holding()) {
            prepare.widen();
            place.refill();
        } else if (broker.heart.brokerAnsweredWithin(sinceUnconfirmed)) {
            place.resume();
        }
    }
}

package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.kafka.BeatHeart;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue on Kafka: registers the client, places and publishes its job, and answers where no worker will. */
final class KafkaJobQueue implements JobQueue, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaJobQueue.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Outcome NOT_CONFIRMED =
            new Outcome.Failed(
                    Failure.OVERLOADED,
                    "the queue's broker did not confirm the job; try again later");
    private static final Outcome EXPIRED =
            new Outcome.Failed(Failure.TIMEOUT, "the deadline passed before the job had finished");

    private final Instance instance;
    private final WaitingClients waiting;
    private final ClaimCheck claims;
    private final Broker broker;
    private final PlaceJobs place;
    private volatile long unconfirmedAt = System.nanoTime();
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("deadlines").factory());

    /** The way to the broker: its clock, its pulse, and what is written there. */
    record Broker(InstantSource clock, BeatHeart heart, PublishJobs publish) {}

    /**
     * @param place makes the placement, given what sends a placed job
     */
    KafkaJobQueue(
            Instance instance,
            WaitingClients waiting,
            ClaimCheck claims,
            Broker broker,
            Function<BiConsumer<Job, Integer>, PlaceJobs> place) {
        this.instance = instance;
        this.waiting = waiting;
        this.claims = claims;
        this.broker = broker;
        this.place = place.apply(this::publish);
        deadlines.setRemoveOnCancelPolicy(true);
        deadlines.scheduleWithFixedDelay(this::refill, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public JobId submit(NewJob request, ReplyListener client) {
        if (place.holding() || !broker.heart.brokerAnswers()) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker does not answer; try again later",
                    null,
                    RETRY_AFTER);
        }
        Instant now = broker.clock.instant();
        Job job =
                new Job(
                        JobId.random(),
                        request.model().name(),
                        request.lane(),
                        1,
                        now,
                        now.plus(request.timeout()),
                        instance.address(),
                        List.of(),
                        null,
                        payload(request.task()));
        boolean stream = request.task() instanceof Task.Chat chat && chat.stream();
        var waitingClient = new WaitingClient(client, stream, job.deadline());
        waiting.register(job.id(), waitingClient);
        waitingClient.expiresBy(
                deadlines.schedule(
                        () -> expire(job), request.timeout().toMillis(), TimeUnit.MILLISECONDS));
        place.add(job);
        return job.id();
    }

    @Override
    public void abandon(JobId job) {
        WaitingClient client = waiting.abandon(job);
        if (client != null && !place.withdraw(job)) {
            cancel(job, client.deadline());
        }
    }

    /** Folds an event of any instance's job; an end that the waiting client has not been told is told now. */
    void apply(JobEvent event) {
        place.apply(event);
        if (event instanceof JobEvent.Finished finished) {
            end(finished.job(), finished.outcome());
        }
    }

    /** Passes the outcome on to the client, if one waits here. */
    void end(JobId job, Outcome outcome) {
        if (!waiting.contains(job)) {
            return;
        }
        if (outcome instanceof Outcome.Stored stored) {
            Thread.startVirtualThread(() -> waiting.end(job, fetch(stored)));
        } else {
            waiting.end(job, outcome);
        }
    }

    /** The largest in-flight window in use on any queue partition, in jobs. */
    int windowInUse() {
        return place.largestWindowInUse();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    private Payload payload(Task task) {
        byte[] bytes = Codec.encode(task);
        if (!ClaimCheck.isNeededFor(bytes)) {
            return new Payload.Inline(task);
        }
        try {
            return new Payload.Stored(claims.put(bytes));
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

    private Outcome fetch(Outcome.Stored stored) {
        try {
            return Codec.decode(claims.get(stored.object()), Outcome.class);
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("key", stored.object().key())
                    .setCause(e)
                    .log("a stored result could not be read; its client is told so");
            return new Outcome.Failed(
                    Failure.STORAGE_UNAVAILABLE,
                    "the result could not be read from the object store");
        }
    }

    private void publish(Job job, int partition) {
        var _ =
                broker.publish
                        .job(job, partition)
                        .exceptionally(failure -> {
                            notConfirmed(job, partition, failure);
                            return null;
                        });
    }

    /** The broker may have the job all the same: it is revoked when the broker can be told. */
    private void notConfirmed(Job job, int partition, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("reason", failure.getMessage())
                .log(
                        "the broker did not confirm a job; its client is told so, and the job is revoked");
        unconfirmedAt = System.nanoTime();
        place.unplaced(job, partition);
        waiting.end(job.id(), NOT_CONFIRMED);
        cancel(job.id(), job.deadline());
        tell(
                new JobEvent.Finished(
                        job.id(), job.model(), job.lane(), partition, null, NOT_CONFIRMED));
        broker.heart.beatNow();
    }

    private void cancel(JobId job, Instant deadline) {
        var _ =
                broker.publish
                        .cancel(job, deadline)
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("jobId", job.value())
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "a job could not be revoked; it ends at its deadline at the latest");
                            return null;
                        });
    }

    /** Nobody has answered in time. A worker that holds the job sees the deadline by itself. */
    private void expire(Job job) {
        if (waiting.end(job.id(), EXPIRED)) {
            place.withdraw(job.id());
        }
    }

    /** The end of a job that the broker may have heard of, though it did not say so. */
    private void tell(JobEvent.Finished end) {
        var _ =
                broker.publish
                        .event(end)
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("jobId", end.job().value())
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "the end of an unconfirmed job could not be told; it is forgotten after its deadline");
                            return null;
                        });
    }

    /** Nothing is placed while the broker is away: its jobs wait here, where they are not lost. */
    private void refill() {
        try {
            var sinceUnconfirmed = Duration.ofNanos(System.nanoTime() - unconfirmedAt);
            if (!broker.heart.brokerAnswers()) {
                place.hold();
            } else if (!place.holding()) {
                place.refill();
            } else if (broker.heart.brokerAnsweredWithin(sinceUnconfirmed)) {
                place.resume();
            }
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .log("the queues could not be refilled; the next try follows in a second");
        }
    }
}

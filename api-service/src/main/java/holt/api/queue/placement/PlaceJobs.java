package holt.api.queue.placement;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.publish.Breakers;
import holt.api.queue.publish.SendJobs;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.LineMessage;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a job goes to Kafka. Each model has a {@link Line} of waiting jobs, and a {@link Window} that keeps its queue short. While jobs
 * wait in several instances, {@link ShareLines} says which of them go. While the broker does not take a model's jobs, the jobs wait here. One
 * that has waited so for {@code holt.jobs.hold} is refused.
 */
public final class PlaceJobs {
    /** A job without an end counts as gone this long after its deadline. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final LiveWorkers workers;
    private final InstantSource clock;
    private final FindQueues find;
    private final Breakers breakers;
    private final Duration hold;
    private final LongSupplier mostBytes;
    private final double leastShare;
    private final Runnable changed;
    private final Predicate<ModelName> isPaused;
    private final Map<ModelName, ModelQueue> queues = new HashMap<>();
    private boolean silent;

    /**
     * @param hold how long a job waits for a broker in trouble
     * @param mostBytes of all jobs that may wait here now
     * @param leastShare of a lower lane's work, while higher ones wait
     * @param isPaused whether the model's jobs wait because an operator wants it
     * @param changed called when something may have changed that other instances should know. It must not block
     */
    public PlaceJobs(
            LiveWorkers workers,
            InstantSource clock,
            FindQueues find,
            Breakers breakers,
            Duration hold,
            LongSupplier mostBytes,
            double leastShare,
            Predicate<ModelName> isPaused,
            Runnable changed) {
        this.workers = workers;
        this.clock = clock;
        this.find = find;
        this.breakers = breakers;
        this.hold = hold;
        this.mostBytes = mostBytes;
        this.leastShare = leastShare;
        this.changed = changed;
        this.isPaused = isPaused;
    }

    /**
     * Sends the job, now or when its turn comes.
     *
     * @param send called outside the lock. Its future fails if the broker does not confirm the job
     * @return done once the broker has confirmed the job; fails with a {@link RequestRejectedException}, and is cancelled by {@link #withdraw}
     */
    public CompletableFuture<Void> add(
            Job job, Function<Job, ? extends CompletableFuture<?>> send) {
        CompletableFuture<Void> sent = addIfFirst(job, send);
        return sent != null
                ? sent
                : wait(waiting(job, Codec.encode(job).length, false, send), true);
    }

    /** Sends the job if its turn is now, like {@link #add}; otherwise returns null. */
    public @Nullable CompletableFuture<Void> addIfFirst(
            Job job, Function<Job, ? extends CompletableFuture<?>> send) {
        boolean found = isFound(job.model());
        WaitingJob first = waiting(job, 0, false, send);
        synchronized (this) {
            ModelQueue queue = queue(job.model());
            if (!found || !queue.line.isEmpty() || !mayGo(job.model(), queue) || !mayGo(first)) {
                return null;
            }
            queue.place(job, false);
            queue.line.passes(job);
        }
        send(first);
        return first.done();
    }

    /**
     * Puts a job of {@code holt.waiting} in the line.
     *
     * @param size of its record
     * @return done once the broker has confirmed the job on its queue; cancelled by {@link #withdraw}
     */
    CompletableFuture<Void> restore(
            Job job, int size, Function<Job, ? extends CompletableFuture<?>> send) {
        return wait(waiting(job, size, true, send), false);
    }

    /** Whether no more jobs of {@code holt.waiting} shall come. Half of the memory stays for clients that wait. */
    synchronized boolean isFull() {
        return waitingBytes() > mostBytes.getAsLong() / 2;
    }

    /** The job, if it waits here for its turn; null otherwise. */
    public synchronized @Nullable Job waiting(JobId id) {
        return queues.values().stream()
                .map(queue -> queue.line.get(id))
                .filter(Objects::nonNull)
                .map(WaitingJob::job)
                .findFirst()
                .orElse(null);
    }

    /**
     * Drops a job that waits here for its turn.
     *
     * @return false if it does not
     */
    public boolean withdraw(JobId id) {
        WaitingJob withdrawn = null;
        synchronized (this) {
            for (ModelQueue queue : queues.values()) {
                WaitingJob job = queue.line.get(id);
                if (job != null) {
                    queue.line.remove(job);
                    withdrawn = job;
                }
            }
        }
        return withdrawn != null && withdrawn.done().cancel(false);
    }

    public void apply(JobEvent event) {
        switch (event) {
            case JobEvent.Claimed _,
                    JobEvent.Accepted _,
                    JobEvent.Started _,
                    JobEvent.Requeued _ -> {}
            case JobEvent.Retrying retrying -> ended(retrying.job(), null);
            case JobEvent.Finished finished -> {
                withdraw(finished.job());
                ended(finished.job(), finished.outcome());
            }
        }
    }

    /**
     * A job's outcome has come, as an event or as a reply, which is earlier.
     *
     * @param outcome null if only its run has ended
     */
    public void ended(JobId id, @Nullable Outcome outcome) {
        List<ModelName> hasRoom = new ArrayList<>();
        synchronized (this) {
            queues.forEach((model, queue) -> {
                if (queue.ended(id, outcome)) {
                    hasRoom.add(model);
                }
            });
        }
        hasRoom.forEach(this::fill);
    }

    /**
     * Sends what may go, and refuses what has waited too long for the broker. Runs each second.
     *
     * @param silent whether the broker does not answer at all
     */
    public void look(boolean silent) {
        List<ModelName> all;
        synchronized (this) {
            this.silent = silent;
            all = List.copyOf(queues.keySet());
        }
        all.forEach(model -> {
            look(model);
            fill(model);
        });
    }

    /** The jobs that wait here and match. */
    public synchronized List<JobId> waiting(Predicate<Job> matches) {
        return queues.values().stream()
                .flatMap(queue -> queue.line.all().stream())
                .map(WaitingJob::job)
                .filter(matches)
                .map(Job::id)
                .toList();
    }

    /** How many jobs of the model wait here. */
    long waitingJobs(ModelName model) {
        return of(model, Line::size);
    }

    /** How many of those only this instance knows. */
    public long heldJobs(ModelName model) {
        return of(model, Line::held);
    }

    /** Their work. */
    public long heldWork(ModelName model) {
        return of(model, Line::heldWork);
    }

    /** The work of those of one caller and lane. */
    public long heldWork(ModelName model, Lane lane, String caller) {
        return of(model, line -> line.heldWork(lane, caller));
    }

    private synchronized long of(ModelName model, ToLongFunction<Line> figure) {
        ModelQueue queue = queues.get(model);
        return queue == null ? 0 : figure.applyAsLong(queue.line);
    }

    /** How many jobs wait here. */
    public synchronized int waitingJobs() {
        return queues.values().stream().mapToInt(queue -> queue.line.size()).sum();
    }

    /** The bytes of all jobs that wait here. */
    public synchronized long waitingBytes() {
        return queues.values().stream().mapToLong(queue -> queue.line.bytes()).sum();
    }

    synchronized List<ModelName> models() {
        return List.copyOf(queues.keySet());
    }

    /**
     * What waits here and could go, for the owner of the line.
     *
     * @param read the offset of the newest ruling that this instance has followed
     */
    LineMessage.Demand demand(InstanceId self, ModelName model, long read) {
        boolean found = isFound(model);
        synchronized (this) {
            ModelQueue queue = queue(model);
            boolean takes = found && takes(model, queue);
            return queue.demand(self, read, job -> takes && mayGo(job));
        }
    }

    /** Follows a ruling. */
    void follow(InstanceId self, LineMessage.Ruling ruling) {
        List<WaitingJob> named;
        synchronized (this) {
            ModelQueue queue = queue(ruling.model());
            boolean takes = takes(ruling.model(), queue);
            named = queue.follow(self, ruling, clock.instant(), job -> takes && mayGo(job));
        }
        named.forEach(this::send);
        fill(ruling.model());
    }

    private void look(ModelName model) {
        boolean found = isFound(model);
        Instant now = clock.instant();
        List<WaitingJob> refused;
        Throwable reason;
        synchronized (this) {
            ModelQueue queue = queue(model);
            resize(model, queue);
            queue.window.forgetBefore(now.minus(FORGET_AFTER));
            queue.troubled(silent || !found || queue.breaker.isOpen(), now);
            if (!queue.isRuled(now)) {
                queue.line.takeCorrections();
            }
            Instant begun = now.minus(hold);
            refused = queue.heldSince(begun, job -> breakers.events(job.id()).isOpenSince(begun));
            refused.forEach(queue.line::remove);
            reason = queue.breaker.failure();
        }
        refused.forEach(job -> job.done().completeExceptionally(SendJobs.notConfirmed(reason)));
    }

    private CompletableFuture<Void> wait(WaitingJob job, boolean bounded) {
        synchronized (this) {
            if (bounded && waitingBytes() + job.bytes() > mostBytes.getAsLong()) {
                return CompletableFuture.failedFuture(tooMany());
            }
            Line line = queue(job.job().model()).line;
            WaitingJob standing = line.get(job.id());
            if (standing != null) {
                return standing.done();
            }
            line.add(job);
        }
        fill(job.job().model());
        return job.done();
    }

    private void fill(ModelName model) {
        boolean found = isFound(model);
        var next = new ArrayList<WaitingJob>();
        synchronized (this) {
            ModelQueue queue = queue(model);
            while (found && mayGo(model, queue)) {
                WaitingJob job = queue.line.next(this::mayGo);
                if (job == null) {
                    break;
                }
                queue.place(job.job(), false);
                next.add(job);
                // The first one is the probe.
                found = !queue.breaker.isOpen();
            }
        }
        next.forEach(this::send);
        if (isWaitedFor(model)) {
            changed.run();
        }
    }

    private synchronized boolean isWaitedFor(ModelName model) {
        ModelQueue queue = queue(model);
        return !queue.line.isEmpty() || queue.isRuled(clock.instant());
    }

    private void send(WaitingJob job) {
        var _ =
                job.send()
                        .apply(job.job())
                        .whenComplete((_, failure) -> {
                            if (failure == null) {
                                job.done().complete(null);
                                fill(job.job().model());
                            } else {
                                unsent(job, failure);
                            }
                        });
    }

    private void unsent(WaitingJob job, Throwable failure) {
        synchronized (this) {
            ModelQueue queue = queue(job.job().model());
            if (queue.takeBack(job)) {
                return;
            }
        }
        job.done().completeExceptionally(failure);
    }

    private boolean mayGo(ModelName model, ModelQueue queue) {
        return queue.hasRoom(clock.instant()) && takes(model, queue);
    }

    private boolean takes(ModelName model, ModelQueue queue) {
        return !silent && !isPaused.test(model) && queue.breaker.mayPass();
    }

    private boolean mayGo(WaitingJob job) {
        return breakers.events(job.id()).mayPass();
    }

    private boolean isFound(ModelName model) {
        return find.isFound(model, () -> fill(model));
    }

    private ModelQueue queue(ModelName model) {
        ModelQueue queue = queues.get(model);
        if (queue == null) {
            queue = new ModelQueue(model, leastShare, breakers.queue(model));
            resize(model, queue);
            queues.put(model, queue);
        }
        return queue;
    }

    private void resize(ModelName model, ModelQueue queue) {
        queue.window.resize(workers.slots(model), workers.liveInstances());
    }

    private WaitingJob waiting(
            Job job, int size, boolean kept, Function<Job, ? extends CompletableFuture<?>> send) {
        return new WaitingJob(job, size, clock.instant(), kept, send, new CompletableFuture<>());
    }

    private static RequestRejectedException tooMany() {
        return new RequestRejectedException(
                Failure.OVERLOADED,
                "too many requests wait in this instance; try again later",
                null,
                RETRY_AFTER);
    }
}

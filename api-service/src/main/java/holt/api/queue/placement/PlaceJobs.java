package holt.api.queue.placement;

import holt.api.models.LiveWorkers;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a job goes to Kafka. At most one and a half jobs for each live slot are there, so that its first-in-first-out queue stays
 * short. The other jobs wait here, in order.
 */
public final class PlaceJobs {
    /** Jobs in Kafka for each live slot. */
    private static final double WINDOW = 1.5;

    /** A job without an end counts as gone this long after its deadline. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    private final LiveWorkers workers;
    private final InstantSource clock;
    private final Function<Job, CompletableFuture<Void>> send;
    private final Map<ModelName, Placement> queues = new HashMap<>();
    private boolean paused;

    private static final class Placement {
        private final Deque<Job> waiting = new ArrayDeque<>();

        /** Deadlines of this instance's jobs in Kafka. */
        private final Map<JobId, Instant> placed = new HashMap<>();
    }

    /**
     * @param send sends a job. It is called outside the lock, in the order of placement for one caller. Its future fails if the broker does
     *     not confirm the job
     */
    public PlaceJobs(
            LiveWorkers workers, InstantSource clock, Function<Job, CompletableFuture<Void>> send) {
        this.workers = workers;
        this.clock = clock;
        this.send = send;
    }

    /** Sends the job, now or when its turn comes. */
    public void add(Job job) {
        synchronized (this) {
            placement(job.model()).waiting.add(job);
        }
        fill(job.model());
    }

    /**
     * Sends the job at once, past the window.
     *
     * @return done once the broker has confirmed the job
     */
    public CompletableFuture<Void> addNow(Job job) {
        reserve(job);
        return sendNow(job);
    }

    /** The caller sends the job. It counts as placed from now on. */
    public synchronized void reserve(Job job) {
        placement(job.model()).placed.put(job.id(), job.deadline());
    }

    /** The reserved job will not be sent. */
    public void release(Job job) {
        ended(job.model(), job.id());
    }

    /** The job, if it waits here for its turn; null otherwise. */
    public synchronized @Nullable Job waiting(JobId job) {
        return queues.values().stream()
                .flatMap(placement -> placement.waiting.stream())
                .filter(waiting -> waiting.id().equals(job))
                .findFirst()
                .orElse(null);
    }

    /**
     * Drops a job that waits here for its turn.
     *
     * @return false if it does not
     */
    public synchronized boolean withdraw(JobId job) {
        return queues.values().stream()
                .anyMatch(placement ->
                        placement.waiting.removeIf(waiting -> waiting.id().equals(job)));
    }

    /**
     * The broker did not confirm the job. All others wait here until {@link #resume}: otherwise each failure would make room for the next,
     * and an outage would fail every waiting job.
     */
    public void sendFailed(Job job) {
        pause();
        release(job);
    }

    public void apply(JobEvent event) {
        switch (event) {
            case JobEvent.Claimed _,
                    JobEvent.Accepted _,
                    JobEvent.Started _,
                    JobEvent.Requeued _ -> {}
            case JobEvent.Retrying retrying -> ended(retrying.model(), retrying.job());
            case JobEvent.Finished finished -> ended(finished.model(), finished.job());
        }
    }

    /** A job's outcome has come as a reply, which is earlier than its event. */
    public void ended(JobId job) {
        ModelName model = null;
        synchronized (this) {
            for (Map.Entry<ModelName, Placement> entry : queues.entrySet()) {
                if (entry.getValue().placed.containsKey(job)) {
                    model = entry.getKey();
                }
            }
        }
        if (model != null) {
            ended(model, job);
        }
    }

    /** From now on, jobs wait here until {@link #resume}. */
    synchronized void pause() {
        paused = true;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    void resume() {
        synchronized (this) {
            paused = false;
        }
        refill();
    }

    /** Sends what there is room for: slots or instances may have come or gone. */
    void refill() {
        List<ModelName> all;
        Instant forgotten = clock.instant().minus(FORGET_AFTER);
        synchronized (this) {
            queues.values()
                    .forEach(placement -> placement
                            .placed
                            .values()
                            .removeIf(deadline -> deadline.isBefore(forgotten)));
            all = List.copyOf(queues.keySet());
        }
        all.forEach(this::fill);
    }

    private void ended(ModelName model, JobId job) {
        synchronized (this) {
            placement(model).placed.remove(job);
        }
        fill(model);
    }

    private void fill(ModelName model) {
        var chosen = new ArrayList<Job>();
        synchronized (this) {
            Placement placement = placement(model);
            int window = window(model);
            while (!paused && placement.placed.size() < window && !placement.waiting.isEmpty()) {
                Job job = placement.waiting.remove();
                reserve(job);
                chosen.add(job);
            }
        }
        chosen.forEach(this::sendNow);
    }

    private CompletableFuture<Void> sendNow(Job job) {
        CompletableFuture<Void> sent = send.apply(job);
        var _ =
                sent.exceptionally(_ -> {
                    sendFailed(job);
                    return null;
                });
        return sent;
    }

    /** This instance's share of the window. Without a live slot there is no limit: the jobs are safest in Kafka. */
    private int window(ModelName model) {
        int slots = workers.slots(model);
        return slots == 0
                ? Integer.MAX_VALUE
                : Math.max(1, (int) Math.ceil(slots * WINDOW / workers.liveInstances()));
    }

    private Placement placement(ModelName model) {
        return queues.computeIfAbsent(model, _ -> new Placement());
    }
}

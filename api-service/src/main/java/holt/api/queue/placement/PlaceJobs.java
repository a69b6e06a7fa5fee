package holt.api.queue.placement;

import holt.api.models.LiveWorkers;
import holt.kafka.QueueSettings;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a job goes to Kafka, and to which partition of its queue. {@code docs/adr/0004} has the figures.
 *
 * <p>When: at most one and a half jobs for each live slot are in Kafka, so that its first-in-first-out queue stays short. The other jobs wait
 * here, in order. Where: the partition with the fewest outstanding jobs, by this instance's own fold of {@code holt.events}. A slot sees about
 * one partition, so blind placement would leave slots idle.
 */
public final class PlaceJobs {
    /** Jobs in Kafka for each live slot. */
    private static final double WINDOW = 1.5;

    /** A job without an end counts as gone this long after its deadline. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    private final InstanceId instance;
    private final LiveWorkers workers;
    private final InstantSource clock;
    private final QueueSettings settings;
    private final BiFunction<Job, Integer, CompletableFuture<Void>> send;
    private final Map<Queue, Placement> queues = new HashMap<>();
    private boolean paused;

    private record Queue(ModelName model, Lane lane) {}

    /** A queue with too few partitions for its slots. */
    record TooNarrow(ModelName model, Lane lane, int wanted) {}

    private static final class Placement {
        /** As many as there may be: events name partitions that are not open here yet. */
        private final List<QueuePartition> partitions;

        private final Deque<Job> waiting = new ArrayDeque<>();
        private final Set<JobId> own = new HashSet<>();
        private int open = 1;
        private int next;

        private Placement(int atMost) {
            partitions = Stream.generate(QueuePartition::new).limit(atMost).toList();
        }

        private int place(Job job) {
            int partition = choose();
            partitions.get(partition).placed(job.id(), job.deadline());
            own.add(job.id());
            return partition;
        }

        /** The open partition with the fewest jobs; among equals the one after the last chosen. */
        private int choose() {
            int chosen =
                    IntStream.range(0, open)
                            .map(i -> (next + i) % open)
                            .boxed()
                            .min(Comparator.comparingInt(i -> partitions.get(i).outstanding()))
                            .orElseThrow();
            next = (chosen + 1) % open;
            return chosen;
        }

        /** @return false if the job is another instance's, or its end is known */
        private boolean ended(JobId job) {
            return own.remove(job)
                    && partitions.stream().anyMatch(partition -> partition.finished(job));
        }

        private void forgetBefore(Instant deadline) {
            partitions.forEach(partition -> partition.forgetBefore(deadline).forEach(own::remove));
        }
    }

    /**
     * @param send sends a job to a partition. It is called outside the lock, in the order of placement for one caller. Its future fails if
     *     the broker does not confirm the job
     */
    public PlaceJobs(
            InstanceId instance,
            LiveWorkers workers,
            InstantSource clock,
            QueueSettings settings,
            BiFunction<Job, Integer, CompletableFuture<Void>> send) {
        this.instance = instance;
        this.workers = workers;
        this.clock = clock;
        this.settings = settings;
        this.send = send;
    }

    /** From now on, jobs go to that many partitions of the queue. A new queue has one. */
    synchronized void open(ModelName model, Lane lane, int partitions) {
        Placement placement = placement(new Queue(model, lane));
        placement.open = Math.clamp(partitions, placement.open, settings.partitions());
    }

    /** The queues that need more partitions. */
    synchronized List<TooNarrow> tooNarrow() {
        return queues.entrySet().stream()
                .map(entry -> {
                    Queue queue = entry.getKey();
                    int slots = workers.slots(queue.model, queue.lane);
                    return new TooNarrow(queue.model, queue.lane, settings.partitionsFor(slots));
                })
                .filter(queue -> placement(new Queue(queue.model, queue.lane)).open < queue.wanted)
                .toList();
    }

    /** Sends the job, now or when its turn comes. */
    public void add(Job job) {
        var queue = new Queue(job.model(), job.lane());
        synchronized (this) {
            placement(queue).waiting.add(job);
        }
        fill(queue);
    }

    /**
     * Sends the job at once, past the window.
     *
     * @return done once the broker has confirmed the job
     */
    public CompletableFuture<Void> addNow(Job job) {
        return send(job, reserve(job));
    }

    /** Chooses the partition of a job that its caller sends. The job counts as placed there from now on. */
    public synchronized int reserve(Job job) {
        return placement(new Queue(job.model(), job.lane())).place(job);
    }

    /** The job with that reservation will not be sent. */
    public void release(Job job, int partition) {
        finished(new Queue(job.model(), job.lane()), job.id(), partition);
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
    public void sendFailed(Job job, int partition) {
        pause();
        release(job, partition);
    }

    public void apply(JobEvent event) {
        var queue = new Queue(event.model(), event.lane());
        switch (event) {
            // Another instance may have claimed the key before.
            case JobEvent.Claimed _ -> {}
            case JobEvent.Accepted accepted -> {
                // Own jobs were counted when they were placed. Their ends may have come before
                // this.
                if (!accepted.instance().equals(instance)) {
                    synchronized (this) {
                        partition(queue, accepted.partition())
                                .placed(accepted.job(), accepted.deadline());
                    }
                }
            }
            case JobEvent.Started started -> {
                synchronized (this) {
                    partition(queue, started.partition()).started(started.job());
                }
            }
            // The retry topic returns the job to a partition that only its next start names.
            case JobEvent.Retrying retrying ->
                    finished(queue, retrying.job(), retrying.partition());
            case JobEvent.Finished finished ->
                    finished(queue, finished.job(), finished.partition());
        }
    }

    /** A job's outcome has come as a reply, which is earlier than its event. */
    public void ended(JobId job) {
        Queue queue = null;
        synchronized (this) {
            for (Map.Entry<Queue, Placement> entry : queues.entrySet()) {
                if (entry.getValue().ended(job)) {
                    queue = entry.getKey();
                }
            }
        }
        if (queue != null) {
            fill(queue);
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
        List<Queue> all;
        Instant forgotten = clock.instant().minus(FORGET_AFTER);
        synchronized (this) {
            queues.values().forEach(placement -> placement.forgetBefore(forgotten));
            all = List.copyOf(queues.keySet());
        }
        all.forEach(this::fill);
    }

    /** The in-flight window in use on the fullest partition of all queues, in jobs. */
    public synchronized int largestWindowInUse() {
        return queues.values().stream()
                .flatMap(placement -> placement.partitions.stream())
                .mapToInt(QueuePartition::windowInUse)
                .max()
                .orElse(0);
    }

    private void finished(Queue queue, JobId job, int partition) {
        synchronized (this) {
            partition(queue, partition).finished(job);
            placement(queue).own.remove(job);
        }
        fill(queue);
    }

    private void fill(Queue queue) {
        record Chosen(Job job, int partition) {}
        var chosen = new ArrayList<Chosen>();
        synchronized (this) {
            Placement placement = placement(queue);
            int window = window(queue);
            while (!paused && placement.own.size() < window && !placement.waiting.isEmpty()) {
                Job job = placement.waiting.remove();
                chosen.add(new Chosen(job, placement.place(job)));
            }
        }
        chosen.forEach(placed -> send(placed.job, placed.partition));
    }

    private CompletableFuture<Void> send(Job job, int partition) {
        CompletableFuture<Void> sent = send.apply(job, partition);
        var _ =
                sent.exceptionally(_ -> {
                    sendFailed(job, partition);
                    return null;
                });
        return sent;
    }

    /** This instance's share of the window. Without a live slot there is no limit: the jobs are safest in Kafka. */
    private int window(Queue queue) {
        int slots = workers.slots(queue.model, queue.lane);
        return slots == 0
                ? Integer.MAX_VALUE
                : Math.max(1, (int) Math.ceil(slots * WINDOW / workers.liveInstances()));
    }

    private Placement placement(Queue queue) {
        return queues.computeIfAbsent(queue, _ -> new Placement(settings.partitions()));
    }

    /** Another process may be configured with more partitions. Jobs on those count on the last one. */
    private QueuePartition partition(Queue queue, int partition) {
        List<QueuePartition> all = placement(queue).partitions;
        return all.get(Math.min(partition, all.size() - 1));
    }
}

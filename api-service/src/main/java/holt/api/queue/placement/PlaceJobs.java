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
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a job goes to Kafka, and to which partition of its queue.
 *
 * <p>When: a short window of about one and a half jobs for each live slot keeps Kafka's first-in-first-out queue short; the rest wait here,
 * in order. Where: the partition with the fewest outstanding jobs, by a fold of {@code holt.events} that every instance makes for itself,
 * since a share consumer sees about one partition and blind placement would let slots idle. {@code docs/adr/0004} has the figures.
 */
public final class PlaceJobs {
    /** Jobs in Kafka for each live slot. */
    private static final double WINDOW = 1.5;

    /** How long after its deadline a job whose end was not told is taken for gone. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    private final InstanceId instance;
    private final LiveWorkers workers;
    private final InstantSource clock;
    private final QueueSettings settings;
    private final BiConsumer<Job, Integer> publish;
    private final Map<Queue, Placement> queues = new HashMap<>();
    private boolean holding;

    private record Queue(ModelName model, Lane lane) {}

    /** A queue with too few partitions. */
    record Narrow(ModelName model, Lane lane, int wanted) {}

    private static final class Placement {
        /** All that there may be, since events tell of them before their number is known here. */
        private final List<QueuePartition> partitions;

        private final Deque<Job> waiting = new ArrayDeque<>();
        private final Set<JobId> mine = new HashSet<>();
        private int open = 1;
        private int next;

        private Placement(int atMost) {
            partitions = Stream.generate(QueuePartition::new).limit(atMost).toList();
        }

        private int place(Job job) {
            int partition = choose();
            partitions.get(partition).placed(job.id(), job.deadline());
            mine.add(job.id());
            return partition;
        }

        /** The emptiest open partition; among equals the one after the last chosen. */
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

        /** @return false if it is not this instance's, or its end is known */
        private boolean ended(JobId job) {
            return mine.remove(job)
                    && partitions.stream().anyMatch(partition -> partition.finished(job));
        }

        private void forgetBefore(Instant deadline) {
            partitions.forEach(partition -> partition.forgetBefore(deadline).forEach(mine::remove));
        }
    }

    /**
     * @param publish sends a job to a partition; called outside the lock, in the order of placement for one caller
     */
    public PlaceJobs(
            InstanceId instance,
            LiveWorkers workers,
            InstantSource clock,
            QueueSettings settings,
            BiConsumer<Job, Integer> publish) {
        this.instance = instance;
        this.workers = workers;
        this.clock = clock;
        this.settings = settings;
        this.publish = publish;
    }

    /** From now on jobs go to that many partitions of the queue; 1 before. */
    synchronized void open(ModelName model, Lane lane, int partitions) {
        Placement placement = placement(new Queue(model, lane));
        placement.open = Math.clamp(partitions, placement.open, settings.partitions());
    }

    /** The queues that should have more partitions for their slots, and how many. */
    synchronized List<Narrow> narrow() {
        return queues.entrySet().stream()
                .map(entry -> {
                    Queue queue = entry.getKey();
                    int slots = workers.slots(queue.model, queue.lane);
                    return new Narrow(queue.model, queue.lane, settings.partitionsFor(slots));
                })
                .filter(queue -> placement(new Queue(queue.model, queue.lane)).open < queue.wanted)
                .toList();
    }

    /** Places the job, now or when its turn comes. */
    public void add(Job job) {
        var queue = new Queue(job.model(), job.lane());
        synchronized (this) {
            placement(queue).waiting.add(job);
        }
        fill(queue);
    }

    /** The partition for a job that does not wait for its turn; it counts as placed there from now on. */
    public synchronized int reserve(Job job) {
        return placement(new Queue(job.model(), job.lane())).place(job);
    }

    /** A job that was placed did not get there. */
    public void release(Job job, int partition) {
        finished(new Queue(job.model(), job.lane()), job.id(), partition);
    }

    /** The job, if it waits here for its turn. */
    public synchronized @Nullable Job waiting(JobId job) {
        return queues.values().stream()
                .flatMap(placement -> placement.waiting.stream())
                .filter(waiting -> waiting.id().equals(job))
                .findFirst()
                .orElse(null);
    }

    /**
     * Takes back a job that is not in Kafka yet.
     *
     * @return false if it is there already, or unknown
     */
    public synchronized boolean withdraw(JobId job) {
        return queues.values().stream()
                .anyMatch(placement ->
                        placement.waiting.removeIf(waiting -> waiting.id().equals(job)));
    }

    /**
     * The job did not get to Kafka after all. Nor would the next: they are kept here until {@link #resume}, or an outage would use up the
     * whole line, one failure making room for another.
     */
    public void unplaced(Job job, int partition) {
        hold();
        release(job, partition);
    }

    public void apply(JobEvent event) {
        var queue = new Queue(event.model(), event.lane());
        switch (event) {
            // Whose it is, is not known yet.
            case JobEvent.Claimed _ -> {}
            case JobEvent.Accepted accepted -> {
                // This instance's own jobs were counted when they were placed; their ends may have
                // come before this.
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
            // It comes back on whatever partition its key falls on, which its next start tells.
            case JobEvent.Retrying retrying ->
                    finished(queue, retrying.job(), retrying.partition());
            case JobEvent.Finished finished ->
                    finished(queue, finished.job(), finished.partition());
        }
    }

    /** A job of this instance has ended, as its reply says, which comes before the event. */
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

    /** Nothing is handed to Kafka until {@link #resume}. */
    public synchronized void hold() {
        holding = true;
    }

    public synchronized boolean holding() {
        return holding;
    }

    /** The broker confirms again. */
    public void resume() {
        synchronized (this) {
            holding = false;
        }
        refill();
    }

    /** Slots or instances have come or gone, or time has passed. */
    public void refill() {
        List<Queue> all;
        Instant forgotten = clock.instant().minus(FORGET_AFTER);
        synchronized (this) {
            queues.values().forEach(placement -> placement.forgetBefore(forgotten));
            all = List.copyOf(queues.keySet());
        }
        all.forEach(this::fill);
    }

    /** The in-flight window in use on each partition of a queue; empty for a queue without jobs. */
    synchronized List<Integer> windowsInUse(ModelName model, Lane lane) {
        Placement placement = queues.get(new Queue(model, lane));
        return placement == null
                ? List.of()
                : placement.partitions.stream().map(QueuePartition::windowInUse).toList();
    }

    /** The largest in-flight window in use on any partition of any queue. */
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
            placement(queue).mine.remove(job);
        }
        fill(queue);
    }

    private void fill(Queue queue) {
        record Chosen(Job job, int partition) {}
        var chosen = new ArrayList<Chosen>();
        synchronized (this) {
            Placement placement = placement(queue);
            int window = window(queue);
            while (!holding && placement.mine.size() < window && !placement.waiting.isEmpty()) {
                Job job = placement.waiting.remove();
                chosen.add(new Chosen(job, placement.place(job)));
            }
        }
        chosen.forEach(placed -> publish.accept(placed.job, placed.partition));
    }

    /** This instance's share of the window; without a live slot there is none, and the jobs are safest in Kafka. */
    private int window(Queue queue) {
        int slots = workers.slots(queue.model, queue.lane);
        return slots == 0
                ? Integer.MAX_VALUE
                : Math.max(1, (int) Math.ceil(slots * WINDOW / workers.liveInstances()));
    }

    private Placement placement(Queue queue) {
        return queues.computeIfAbsent(queue, _ -> new Placement(settings.partitions()));
    }

    /** Another process may be configured with more partitions than this one: theirs are folded onto the last. */
    private QueuePartition partition(Queue queue, int partition) {
        List<QueuePartition> all = placement(queue).partitions;
        return all.get(Math.min(partition, all.size() - 1));
    }
}

package holt.worker.claim;

import holt.kafka.Topics;
import holt.protocol.Heartbeat;
import holt.protocol.Lane;
import holt.worker.models.ModelRunner;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ShareConsumer;

/** All slots of a worker, each with its thread: starts, shows and drains them. */
public final class RunSlots {
    private static final Duration HAND_BACK_PERIOD = Duration.ofMillis(200);

    private final Function<String, ShareConsumer<String, byte[]>> consumers;
    private final Duration lock;
    private final HandleRecord handle;
    private final BooleanSupplier brokerAnswers;
    private final List<Served> served = new CopyOnWriteArrayList<>();

    /** A model with its slots of all lanes. */
    private record Served(ModelRunner runner, List<Running> slots) {
        private Heartbeat.Serving serving() {
            int busy = (int) slots.stream().map(Running::slot).filter(Slot::busy).count();
            List<Heartbeat.JobProgress> progress =
                    slots.stream()
                            .map(running -> running.slot.progress())
                            .filter(Objects::nonNull)
                            .toList();
            return new Heartbeat.Serving(
                    runner.model(), runner.slots(), busy, progress.isEmpty() ? null : progress);
        }
    }

    private record Running(Slot slot, ClaimJobs loop, Thread thread) {}

    /**
     * @param consumers makes a consumer of a queue topic for one slot
     * @param lock how long the broker holds a record for a slot
     * @param brokerAnswers whether the broker has confirmed a heartbeat lately
     */
    public RunSlots(
            Function<String, ShareConsumer<String, byte[]>> consumers,
            Duration lock,
            HandleRecord handle,
            BooleanSupplier brokerAnswers) {
        this.consumers = consumers;
        this.lock = lock;
        this.handle = handle;
        this.brokerAnswers = brokerAnswers;
    }

    /** Starts the model's slots. Its queues must exist. */
    public void start(ModelRunner runner) {
        List<Running> slots =
                Stream.of(Lane.values())
                        .flatMap(lane ->
                                IntStream.range(0, lane.slots(runner.slots()))
                                        .mapToObj(_ -> start(runner, lane)))
                        .toList();
        served.add(new Served(runner, slots));
    }

    /** Number of slots in all lanes. */
    public int size() {
        return (int) all().count();
    }

    /** The models with their busy slots and the progress of their jobs. */
    public List<Heartbeat.Serving> serving() {
        return served.stream().map(Served::serving).toList();
    }

    /** Claims nothing more, waits for the running jobs, and hands back those that outlast the grace time. */
    public void drain(Duration grace) {
        long handBackAt = System.nanoTime() + grace.toNanos();
        all().forEach(running -> running.loop.drain());
        all().forEach(running ->
                join(running.thread, Duration.ofNanos(handBackAt - System.nanoTime())));
        all().filter(running -> running.thread.isAlive()).forEach(RunSlots::handBack);
    }

    private Running start(ModelRunner runner, Lane lane) {
        String queue = Topics.queue(runner.model().name(), lane);
        var slot = new Slot(runner);
        var loop =
                new ClaimJobs(
                        queue, slot, () -> consumers.apply(queue), lock, handle, brokerAnswers);
        return new Running(slot, loop, Thread.ofPlatform().daemon().name("slot").start(loop));
    }

    private Stream<Running> all() {
        return served.stream().flatMap(model -> model.slots.stream());
    }

    /** Repeats, since the job may have been between two steps. */
    private static void handBack(Running running) {
        while (running.thread.isAlive()) {
            running.slot.handBack();
            join(running.thread, HAND_BACK_PERIOD);
        }
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            if (atMost.isPositive()) {
                var _ = thread.join(atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

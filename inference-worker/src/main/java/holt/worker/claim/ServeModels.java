package holt.worker.claim;

import holt.kafka.Topics;
import holt.protocol.Heartbeat;
import holt.worker.models.ModelRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ShareConsumer;

/** All models of a worker, each with its slots and its claiming thread: starts, shows and drains them. */
public final class ServeModels {
    /** Longer than the publisher tries. */
    private static final Duration HAND_BACK_WITHIN = Duration.ofMinutes(3);

    private final Topics topics;
    private final BiFunction<String, Integer, ShareConsumer<String, byte[]>> consumers;
    private final HandleRecord handle;
    private final BooleanSupplier brokerAnswers;
    private final List<Served> served = new CopyOnWriteArrayList<>();

    private record Served(Slots slots, ClaimJobs claims, Thread thread) {}

    /**
     * @param consumers makes a consumer of a queue topic that polls at most so many records at a time
     * @param brokerAnswers whether the broker has confirmed a heartbeat lately
     */
    public ServeModels(
            Topics topics,
            BiFunction<String, Integer, ShareConsumer<String, byte[]>> consumers,
            HandleRecord handle,
            BooleanSupplier brokerAnswers) {
        this.topics = topics;
        this.consumers = consumers;
        this.handle = handle;
        this.brokerAnswers = brokerAnswers;
    }

    /** How many share consumers the model needs. */
    public static int consumers(ModelRunner runner) {
        return ClaimJobs.consumers(runner.slots());
    }

    /** Claims jobs of the model from now on. Its queue must exist. */
    public void start(ModelRunner runner) {
        String queue = topics.queue(runner.model().name());
        var slots = new Slots(runner);
        var claims =
                new ClaimJobs(
                        queue, slots, most -> consumers.apply(queue, most), handle, brokerAnswers);
        served.add(
                new Served(
                        slots,
                        claims,
                        Thread.ofPlatform().daemon().name("claims-" + queue).start(claims)));
    }

    /** Number of slots of all models. */
    public int slots() {
        return served.stream().mapToInt(model -> model.slots.runner().slots()).sum();
    }

    /** The models that are served now, with their running jobs. */
    public List<Heartbeat.Serving> serving() {
        return served.stream()
                .map(Served::slots)
                .filter(Slots::announced)
                .map(Slots::serving)
                .toList();
    }

    /** Claims nothing more, waits for the running jobs, and hands back those that outlast the grace time. */
    public void drain(Duration grace) {
        long handBackAt = System.nanoTime() + grace.toNanos();
        served.forEach(model -> model.claims.drain());
        try {
            for (Served model : served) {
                model.thread.join();
            }
            for (Served model : served) {
                Duration left = Duration.ofNanos(Math.max(0, handBackAt - System.nanoTime()));
                if (!model.slots.awaitEmpty(left)) {
                    model.slots.stopAll(OpenClaim.Stop.HAND_BACK);
                    var _ = model.slots.awaitEmpty(HAND_BACK_WITHIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package holt.worker.metrics;

import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.DoubleStream;

/** How long this worker's jobs waited and ran, and what came out of them. Wait and run are never mixed. */
public final class JobMetrics {
    private static final double[] SECONDS =
            DoubleStream.iterate(0.01, bound -> 2 * bound).limit(16).toArray();

    private final Histogram wait =
            histogram("holt_queue_wait_seconds", "from a job's creation to its first run", "lane");
    private final Histogram run =
            histogram("holt_job_run_seconds", "of a run, from its claim to its outcome", "outcome");
    private final Counter prompt = counter("holt_prefill_tokens", "tokens of prompts");
    private final Counter tokens = counter("holt_tokens", "tokens of answers");
    private final Counter images = counter("holt_images", "pictures");
    private final InstantSource clock;

    /** @param clock the broker's */
    public JobMetrics(InstantSource clock) {
        this.clock = clock;
    }

    /** A run begins. */
    public void started(Job job) {
        if (job.attempt() == 1) {
            double seconds = Duration.between(job.created(), clock.instant()).toMillis() / 1e3;
            wait.labelValues(job.model().value(), job.lane().label()).observe(Math.max(0, seconds));
        }
    }

    /** A run has an outcome. */
    public void ended(Job job, Outcome outcome, long nanos) {
        String model = job.model().value();
        run.labelValues(model, label(outcome)).observe(nanos / 1e9);
        switch (outcome) {
            case Outcome.ChatCompleted chat -> used(model, chat.usage());
            case Outcome.Embedded embedded -> used(model, embedded.usage());
            case Outcome.ImagesCompleted pictures ->
                    images.labelValues(model).inc(pictures.pictures().size());
            case Outcome.Stored _, Outcome.Failed _, Outcome.Cancelled _ -> {}
        }
    }

    public List<Collector> all() {
        return List.of(wait, run, prompt, tokens, images);
    }

    private void used(String model, Outcome.Usage usage) {
        prompt.labelValues(model).inc(usage.promptTokens());
        tokens.labelValues(model).inc(usage.completionTokens());
    }

    private static String label(Outcome outcome) {
        return switch (outcome) {
            case Outcome.ChatCompleted _,
                    Outcome.ImagesCompleted _,
                    Outcome.Embedded _,
                    Outcome.Stored _ ->
                    "completed";
            case Outcome.Failed failed -> failed.reason() == Failure.TIMEOUT ? "expired" : "failed";
            case Outcome.Cancelled _ -> "cancelled";
        };
    }

    private static Histogram histogram(String name, String help, String label) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames("model", label)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars()
                .build();
    }

    private static Counter counter(String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames("model")
                .withoutExemplars()
                .build();
    }
}

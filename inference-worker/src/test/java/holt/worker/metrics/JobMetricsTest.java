package holt.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final JobMetrics metrics = new JobMetrics(() -> CREATED.plusMillis(2500));
    private final Job job =
            new Job(
                    new JobId("j"),
                    new ModelName("otter"),
                    Lane.NORMAL,
                    1,
                    CREATED,
                    CREATED.plusSeconds(60),
                    new ReplyAddress(0, "e"),
                    List.of(),
                    null,
                    new Payload.Stored(new StoredObject("k", 1, "00")));

    @Test
    void waitAndRunAreMeasuredApart() {
        metrics.started(job);
        metrics.started(job.nextAttempt(new Job.EarlierRun(null, CREATED, Failure.WORKER_FAILED)));
        metrics.ended(
                job,
                new Outcome.ChatCompleted(
                        "yo", Outcome.FinishReason.STOP, new Outcome.Usage(12, 3)),
                1_500_000_000L);
        metrics.ended(job, new Outcome.Failed(Failure.TIMEOUT, "late"), 1);

        assertThat(scrape())
                .contains(
                        "holt_queue_wait_seconds_sum{lane=\"normal\",model=\"otter\"} 2.5",
                        "holt_queue_wait_seconds_count{lane=\"normal\",model=\"otter\"} 1",
                        "holt_job_run_seconds_sum{model=\"otter\",outcome=\"completed\"} 1.5",
                        "holt_job_run_seconds_count{model=\"otter\",outcome=\"expired\"} 1",
                        "holt_prefill_tokens_total{model=\"otter\"} 12.0",
                        "holt_tokens_total{model=\"otter\"} 3.0");
    }

    private String scrape() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.all().forEach(registry.getPrometheusRegistry()::register);
        return registry.scrape();
    }
}

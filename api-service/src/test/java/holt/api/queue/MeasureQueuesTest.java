package holt.api.queue;

import static holt.api.queue.TestQueue.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.controls.Control;
import holt.api.models.ModelCatalog;
import holt.api.models.TestCatalog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeasureQueuesTest {
    private final TestQueue one = new TestQueue();
    private final ModelCatalog catalog = new TestCatalog();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    @DisplayName("R206: the metrics of a queue are computed from the log when somebody asks")
    void aQueueIsMeasuredWhenSomebodyAsks() {
        registry.getPrometheusRegistry()
                .register(
                        new MeasureQueues(
                                one.index,
                                one.admission,
                                catalog,
                                one.paused,
                                one.breakers,
                                one.timer));
        one.slots(2);
        Ticket first = one.queue.submit(TestQueue.chat("one"), _ -> {});
        one.timer.advance(Duration.ofSeconds(7));
        one.queue.submit(TestQueue.chat("two"), _ -> {});

        assertThat(registry.scrape())
                .contains(
                        "holt_queue_depth{lane=\"normal\",model=\"m\"} 2.0",
                        "holt_queue_oldest_age_seconds{lane=\"normal\",model=\"m\"} 7.0",
                        "holt_queue_drain_rate{lane=\"normal\",model=\"m\"} 0.0",
                        "holt_queue_paused{model=\"m\"} 0.0",
                        "holt_breaker_open{partition=\"0\",topic=\"holt.jobs.m\"} 0.0");

        one.start(first.id());
        one.finish(first.id(), TestQueue.DONE);
        one.timer.advance(Duration.ofSeconds(3));
        one.paused.apply(new Control.Pause(MODEL.name(), "test", "me", one.timer.instant()));

        assertThat(registry.scrape())
                .contains(
                        "holt_queue_depth{lane=\"normal\",model=\"m\"} 1.0",
                        "holt_queue_oldest_age_seconds{lane=\"normal\",model=\"m\"} 3.0",
                        "holt_jobs_total{model=\"m\",outcome=\"completed\"} 1.0",
                        "holt_queue_paused{model=\"m\"} 1.0");
    }
}

package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.FakeJobs;
import holt.api.queue.index.JobStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeasureJobsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final FakeJobs jobs = new FakeJobs();
    private final MeasureJobs measure = new MeasureJobs(jobs, () -> NOW);

    @Test
    void waitsAndRunsAreApart() {
        for (int i = 1; i <= 20; i++) {
            put("j" + i, NOW.minusSeconds(600 + i), Duration.ofSeconds(i), Duration.ofMillis(i));
        }

        MeasureJobs.Sample sample = measure.newest();

        assertThat(sample.waits())
                .isEqualTo(new MeasureJobs.Spread(Duration.ofSeconds(10), Duration.ofSeconds(19)));
        assertThat(sample.runs())
                .isEqualTo(new MeasureJobs.Spread(Duration.ofMillis(10), Duration.ofMillis(19)));
    }

    @Test
    void theRateIsOfTheLastMinutes() {
        for (int i = 0; i < 30; i++) {
            put("j" + i, NOW.minusSeconds(20L * i + 1), Duration.ZERO, Duration.ZERO);
        }

        assertThat(measure.newest().arrivedPerMinute()).isEqualTo(3);
    }

    @Test
    void manyJobsAreMeasuredByTheNewest() {
        for (int i = 0; i < 1000; i++) {
            put(
                    "j" + i,
                    NOW.minusMillis(100L * i + 100),
                    Duration.ofMillis(1),
                    Duration.ofMillis(1));
        }

        MeasureJobs.Sample sample = measure.newest();

        assertThat(sample.jobs()).hasSize(MeasureJobs.MOST);
        assertThat(sample.arrivedPerMinute()).isEqualTo(600);
    }

    @Test
    void nothingIsMeasuredWithoutJobs() {
        MeasureJobs.Sample sample = measure.newest();

        assertThat(sample.waits()).isEqualTo(new MeasureJobs.Spread(null, null));
        assertThat(sample.arrivedPerMinute()).isZero();
    }

    private void put(String id, Instant created, Duration waited, Duration ran) {
        jobs.put(TestJobs.ended(id, JobStatus.COMPLETED, created, waited, ran), null);
    }
}

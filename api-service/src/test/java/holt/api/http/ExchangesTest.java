package holt.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExchangesTest {
    private final List<Duration> periods = new ArrayList<>();

    @Test
    @DisplayName("R69: a client's disconnect cancels its job within a second")
    void probesEveryConnectionTwiceASecond() {
        var exchanges = new Exchanges(new RecordingExecutor());

        exchanges.stop();

        assertThat(periods).hasSize(1).allMatch(period -> period.toMillis() <= 500);
    }

    /** Notes the periods and runs nothing. */
    private final class RecordingExecutor extends ScheduledThreadPoolExecutor {
        private RecordingExecutor() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable command, long initialDelay, long delay, TimeUnit unit) {
            periods.add(Duration.of(delay, unit.toChronoUnit()));
            return super.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
    }
}

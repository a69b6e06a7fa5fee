package holt.api;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.TimerContract;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadTimerTest extends TimerContract {
    private final ThreadTimer timer = new ThreadTimer("test-timer");

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aClosedTimerRefusesNothingAndRunsNothing() {
        timer.close();

        Future<?> never = timer.after(Duration.ZERO, () -> {});

        assertThat(never.isDone()).isFalse();
    }

    @Override
    protected Timer timer() {
        return timer;
    }

    @Override
    protected void pass(Duration time) {
        // Time passes by itself.
    }
}

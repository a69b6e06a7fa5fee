package holt.api.edge;

import holt.api.Timer;
import java.time.Duration;
import java.time.Instant;

class ManualTimerTest extends TimerContract {
    private final ManualTimer timer = new ManualTimer(Instant.EPOCH);

    @Override
    protected Timer timer() {
        return timer;
    }

    @Override
    protected void pass(Duration time) {
        timer.advance(time);
    }
}

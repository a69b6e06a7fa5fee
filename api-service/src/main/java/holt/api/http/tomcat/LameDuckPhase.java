package holt.api.http.tomcat;

import holt.api.ApiSettings;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The time between the order to stop and the closing of the port. Load balancers see on {@code /health} that this instance stops. Requests
 * are still answered, and each whole answer closes its connection. A stream keeps its chunks, which show the client where it ends.
 */
@Component
final class LameDuckPhase implements SmartLifecycle {
    private final Duration lameDuck;
    private volatile boolean running;
    private volatile boolean stopping;

    LameDuckPhase(ApiSettings settings) {
        lameDuck = settings.lameDuck();
    }

    boolean isStopping() {
        return stopping;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stopping = true;
        try {
            Thread.sleep(lameDuck);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before Tomcat drains, and after the node registration, which sends clients elsewhere. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}

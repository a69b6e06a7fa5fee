package holt.api.http;

import holt.api.ApiSettings;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Between being told to stop and closing the door: load balancers learn from {@code /health} that this instance leaves, those who come
 * meanwhile are answered, and each answer closes its connection, so that hardly one is open when the container cuts what is idle.
 */
@Component
final class LeaveGently implements SmartLifecycle {
    private final Duration lameDuck;
    private volatile boolean running;
    private volatile boolean leaving;

    LeaveGently(ApiSettings settings) {
        lameDuck = settings.lameDuck();
    }

    /** Called before a whole answer is written; a stream would lose its chunks, by which a client sees where it ends. */
    static void closeIfLeaving(ServletRequest request, HttpServletResponse response) {
        if (ClientConnection.of(request).leaving().getAsBoolean()) {
            response.setHeader("Connection", "close");
        }
    }

    boolean isLeaving() {
        return leaving;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        leaving = true;
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

    /** Stopped before the container begins its own drain, and after those that send clients here. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}

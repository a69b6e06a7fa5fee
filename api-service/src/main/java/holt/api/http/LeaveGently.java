package holt.api.http;

import holt.api.ApiSettings;
import jakarta.servlet.ServletContext;
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
    private static final String LEAVING = LeaveGently.class.getName();

    private final ServletContext context;
    private final Duration lameDuck;
    private volatile boolean running;

    LeaveGently(ServletContext context, ApiSettings settings) {
        this.context = context;
        lameDuck = settings.lameDuck();
    }

    /** Called when an answer begins. */
    static void closeIfLeaving(ServletRequest request, HttpServletResponse response) {
        if (request.getServletContext().getAttribute(LEAVING) != null) {
            response.setHeader("Connection", "close");
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        context.setAttribute(LEAVING, true);
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

    /** Stopped before all else, the container's own drain in particular. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

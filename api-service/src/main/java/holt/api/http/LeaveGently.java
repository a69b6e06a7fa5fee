package holt.api.http;

import holt.api.ApiSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Between being told to stop and closing the door: load balancers learn from {@code /health} that this instance leaves, those who come
 * meanwhile are answered, and each answer closes its connection, so that hardly one is open when the container cuts what is idle.
 */
@Component
final class LeaveGently extends OncePerRequestFilter implements SmartLifecycle {
    private final Duration lameDuck;
    private volatile boolean running;
    private volatile boolean leaving;

    LeaveGently(ApiSettings settings) {
        lameDuck = settings.lameDuck();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (leaving) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
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

    /** Stopped before all else, the container's own drain in particular. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

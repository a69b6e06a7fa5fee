package holt.api.http;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * All exchanges that wait for their answer. Tomcat notices that a client has gone only when it writes. So a sweep probes each connection
 * every {@value #SWEEP_MILLIS} ms, often enough to cancel a job within a second. A half-closed connection counts as gone.
 */
@Component
public final class Exchanges {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
    private static final int SWEEP_MILLIS = 400;

    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper;

    Exchanges() {
        this(
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("find-gone-clients").factory()));
    }

    Exchanges(ScheduledExecutorService sweeper) {
        this.sweeper = sweeper;
        var _ =
                sweeper.scheduleWithFixedDelay(
                        this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Begins an exchange and frees the request's thread. The body must have been read.
     *
     * @param gone runs once if the client leaves before its answer is complete; any thread may run it, so it must not block
     */
    public Exchange begin(HttpServletRequest request, HttpServletResponse response, Runnable gone) {
        var exchange = new Exchange(request, response, gone);
        open.add(exchange);
        return exchange;
    }

    private void sweep() {
        for (Exchange exchange : open) {
            try {
                exchange.probe();
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .log("connection could not be probed; the next sweep retries");
            }
        }
        open.removeIf(Exchange::isOver);
    }

    @PreDestroy
    void stop() {
        sweeper.shutdownNow();
    }
}

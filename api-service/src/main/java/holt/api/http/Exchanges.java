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
 * All requests that wait for their answer. A container notices that a client has gone only when it writes to it, so a sweep looks at each
 * connection now and then; half-closed counts as gone.
 */
@Component
public final class Exchanges {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
    private static final int SWEEP_MILLIS = 400;

    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("find-gone-clients").factory());

    Exchanges() {
        var _ =
                sweeper.scheduleWithFixedDelay(
                        this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes a request off its thread. Its body has been read.
     *
     * @param gone runs once, on whatever thread finds out, when the client leaves before its answer is complete; must not block
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
                LOG.atError().setCause(e).log("connection could not be looked at; next try soon");
            }
        }
        open.removeIf(Exchange::isOver);
    }

    @PreDestroy
    void stop() {
        sweeper.shutdownNow();
    }
}

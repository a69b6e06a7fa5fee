package holt.system.soak;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that has been repaired.
 *
 * @param from on this machine's clock
 */
record FaultSpan(Fault fault, Instant from, Instant to) {
    /** A fault can still break a stream for this long after its repair. Three heartbeats pass until a worker counts as dead. */
    static final Duration AFTERMATH = Duration.ofSeconds(10);

    boolean touches(Instant began, Instant ended) {
        return from.isBefore(ended) && to.plus(AFTERMATH).isAfter(began);
    }
}

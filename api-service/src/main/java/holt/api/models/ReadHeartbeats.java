package holt.api.models;

import holt.protocol.Heartbeat;
import java.time.Instant;

/** Gets each heartbeat of {@code holt.workers}, in log order. */
@FunctionalInterface
public interface ReadHeartbeats {
    /** @param at the broker's time of the record */
    void apply(Heartbeat heartbeat, Instant at);
}

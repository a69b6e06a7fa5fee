package holt.api.models;

import holt.protocol.Heartbeat;
import java.time.Instant;
import java.util.List;

/** The workers that live now. */
@FunctionalInterface
public interface TrackWorkers {
    /**
     * A worker.
     *
     * @param at the broker's time of its newest heartbeat
     */
    record LiveWorker(Heartbeat.OfWorker heartbeat, Instant at) {}

    /** By their ids. */
    List<LiveWorker> workers();
}

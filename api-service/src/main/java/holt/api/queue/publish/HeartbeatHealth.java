package holt.api.queue.publish;

import holt.kafka.SendHeartbeats;
import java.time.Duration;

/** Judges the broker by this instance's heartbeats. */
public final class HeartbeatHealth implements BrokerHealth {
    private final SendHeartbeats heartbeats;
    private final Duration silence;

    /** @param confirmWithin how long the broker may take to confirm a job */
    public HeartbeatHealth(SendHeartbeats heartbeats, Duration confirmWithin) {
        this.heartbeats = heartbeats;
        this.silence = heartbeats.period().plus(confirmWithin);
    }

    @Override
    public boolean isSilent() {
        return heartbeats.brokerSilentFor(silence);
    }
}

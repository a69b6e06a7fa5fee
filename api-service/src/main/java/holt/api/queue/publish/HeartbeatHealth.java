package holt.api.queue.publish;

import holt.kafka.SendHeartbeats;
import java.time.Duration;

/** Judges the broker by this instance's heartbeats. */
public final class HeartbeatHealth implements BrokerHealth {
    private final SendHeartbeats heartbeats;
    private final Duration silence;
    private volatile long unconfirmedAt = System.nanoTime();

    /** @param confirmWithin how long the broker may take to confirm a job */
    public HeartbeatHealth(SendHeartbeats heartbeats, Duration confirmWithin) {
        this.heartbeats = heartbeats;
        this.silence = heartbeats.period().plus(confirmWithin);
    }

    @Override
    public boolean isSilent() {
        return heartbeats.brokerSilentFor(silence);
    }

    /** Sends a heartbeat at once, so that a recovery shows early. */
    @Override
    public void unconfirmed() {
        unconfirmedAt = System.nanoTime();
        Thread.startVirtualThread(heartbeats::beatNow);
    }

    @Override
    public boolean hasRecovered() {
        return heartbeats.brokerAnsweredWithin(Duration.ofNanos(System.nanoTime() - unconfirmedAt));
    }
}

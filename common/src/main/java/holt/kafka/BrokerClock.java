package holt.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The broker's time, on which all processes agree. A process reads it from the broker's timestamps of its own heartbeats. Between
 * heartbeats the clock advances by {@link System#nanoTime}, so the local wall clock may be wrong by any amount.
 */
public final class BrokerClock implements InstantSource {
    /** A confirmation that took longer than this is too inexact to set the clock. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private volatile @Nullable Reading last;
    private volatile long confirmedAt;

    private record Reading(Instant brokerTime, long nanos) {}

    public BrokerClock() {
        this(System::nanoTime);
    }

    /** @param nanoTime a monotonic time in nanoseconds */
    public BrokerClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.confirmedAt = nanoTime.getAsLong();
    }

    /** Starts a measurement. Call it just before a heartbeat is sent. */
    public long begin() {
        return nanoTime.getAsLong();
    }

    /**
     * Ends a measurement. Call it when the broker has confirmed the heartbeat.
     *
     * @param begun the value that {@link #begin} returned
     * @param brokerMillis the record's timestamp. The broker took it between then and now, on average half-way
     */
    public void end(long begun, long brokerMillis) {
        confirmedAt = nanoTime.getAsLong();
        long took = confirmedAt - begun;
        if (last == null || took < LONGEST_READING.toNanos()) {
            last = new Reading(Instant.ofEpochMilli(brokerMillis), begun + took / 2);
        }
    }

    /** Whether the clock was set within that time. */
    public boolean readWithin(Duration age) {
        Reading reading = last;
        return reading != null && nanoTime.getAsLong() - reading.nanos < age.toNanos();
    }

    /** Whether the broker has confirmed no heartbeat for that time, not even a slow one. */
    boolean silentFor(Duration time) {
        return nanoTime.getAsLong() - confirmedAt > time.toNanos();
    }

    /** @throws IllegalStateException before the first confirmed heartbeat */
    @Override
    public Instant instant() {
        Reading reading = last;
        if (reading == null) {
            throw new IllegalStateException(
                    "the broker has confirmed no heartbeat yet, so its time is unknown");
        }
        return reading.brokerTime.plusNanos(nanoTime.getAsLong() - reading.nanos);
    }
}

package holt.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The broker's time, on which every process agrees. It is learnt from the timestamps that the broker gives to this process's own
 * heartbeats, and runs on by {@link System#nanoTime} between them: the local wall clock may be wrong by any amount.
 */
public final class BrokerClock implements InstantSource {
    /** A heartbeat that took longer tells the time too badly, and that the broker is hardly there. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private volatile @Nullable Reading last;

    private record Reading(Instant brokerTime, long nanos) {}

    public BrokerClock() {
        this(System::nanoTime);
    }

    /** @param nanoTime a monotonic time in nanoseconds */
    public BrokerClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Starts a measurement: call before the heartbeat is sent. */
    public long begin() {
        return nanoTime.getAsLong();
    }

    /**
     * The heartbeat was confirmed.
     *
     * @param begun what {@link #begin} gave
     * @param brokerMillis the record's timestamp; it was taken somewhere between then and now, half-way in the mean
     */
    public void end(long begun, long brokerMillis) {
        long took = nanoTime.getAsLong() - begun;
        if (last == null || took < LONGEST_READING.toNanos()) {
            last = new Reading(Instant.ofEpochMilli(brokerMillis), begun + took / 2);
        }
    }

    /** Whether a heartbeat was confirmed within that time. */
    public boolean readWithin(Duration age) {
        Reading reading = last;
        return reading != null && nanoTime.getAsLong() - reading.nanos < age.toNanos();
    }

    /**
     * @throws IllegalStateException before the first confirmed heartbeat
     */
    @Override
    public Instant instant() {
        Reading reading = last;
        if (reading == null) {
            throw new IllegalStateException(
                    "no heartbeat was confirmed yet, so the broker's time is unknown");
        }
        return reading.brokerTime.plusNanos(nanoTime.getAsLong() - reading.nanos);
    }
}

package holt.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Bytes of memory that requests share: those that wait as jobs, and those whose bodies are read. */
public final class MemoryBudget {
    /** The others do not say when they need less. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final long total;
    private final AtomicLong reserved = new AtomicLong();
    private volatile LongSupplier others = () -> 0;

    public MemoryBudget(long total) {
        this.total = total;
    }

    /** @param bytes that others use of the same memory */
    public void shareWith(LongSupplier bytes) {
        others = bytes;
    }

    /** What others may use now. */
    public long leftForOthers() {
        return total - reserved.get();
    }

    /**
     * Reserves memory. If it is more than all of the budget, it must be the only reservation.
     *
     * @param patience how long it may wait for others
     * @return false if there was no room
     */
    public synchronized boolean reserve(long bytes, Duration patience) throws InterruptedException {
        long begun = System.nanoTime();
        while (!fits(bytes)) {
            long left = patience.toNanos() - (System.nanoTime() - begun);
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK_AGAIN.toNanos()));
        }
        reserved.addAndGet(bytes);
        return true;
    }

    public synchronized void release(long bytes) {
        reserved.addAndGet(-bytes);
        notifyAll();
    }

    private boolean fits(long bytes) {
        return reserved.get() == 0 || reserved.get() + others.getAsLong() + bytes <= total;
    }
}

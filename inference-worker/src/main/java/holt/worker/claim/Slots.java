package holt.worker.claim;

import holt.protocol.ClaimId;
import holt.protocol.Heartbeat;
import holt.worker.models.ModelRunner;
import holt.worker.report.ClaimedJob;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The slots of one model: as many as jobs may run at once. A slot is reserved before its job is polled. If the runner wants fewer, running jobs go on. */
final class Slots {
    private final ModelRunner runner;
    private final Permits free;
    private final Set<OpenClaim> open = ConcurrentHashMap.newKeySet();
    private int size;

    /** Permits that can become fewer than none. */
    private static final class Permits extends Semaphore {
        private static final long serialVersionUID = 1;

        Permits(int count) {
            super(count);
        }

        void change(int more) {
            if (more > 0) {
                release(more);
            } else {
                reducePermits(-more);
            }
        }
    }

    Slots(ModelRunner runner) {
        this.runner = runner;
        this.size = runner.slots();
        this.free = new Permits(size);
    }

    /** Takes over the runner's number of slots. Returns it. */
    private synchronized int fit() {
        int wanted = runner.slots();
        free.change(wanted - size);
        size = wanted;
        return wanted;
    }

    ModelRunner runner() {
        return runner;
    }

    /** Whether so many slots are free. */
    boolean areFree(int count) {
        fit();
        return free.availablePermits() >= count;
    }

    /** Reserves so many slots, and waits for them. */
    boolean reserve(int count, Duration atMost) throws InterruptedException {
        fit();
        return free.tryAcquire(count, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives back reserved slots for which there were no jobs. */
    void release(int count) {
        free.release(count);
    }

    /** Puts a job into the reserved slot. Heartbeats name it from now on. */
    OpenClaim open(ClaimedJob claimed) {
        var claim = new OpenClaim(claimed);
        open.add(claim);
        return claim;
    }

    /** Takes the job out again. The slot stays reserved. */
    void discard(OpenClaim claim) {
        open.remove(claim);
    }

    /** Frees the slot of the job. */
    void close(OpenClaim claim) {
        open.remove(claim);
        free.release();
    }

    void stopAll(OpenClaim.Stop why) {
        open.forEach(claim -> claim.stop(why));
    }

    /**
     * Waits until no slot is taken.
     *
     * @return false if jobs still run after that time
     */
    boolean awaitEmpty(Duration atMost) throws InterruptedException {
        int all = fit();
        boolean empty = free.tryAcquire(all, atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (empty) {
            free.release(all);
        }
        return empty;
    }

    /** Whether heartbeats name the model. They must name the claims of running jobs, even if the model is no longer served. */
    boolean announced() {
        return runner.served() || !open.isEmpty();
    }

    Heartbeat.Serving serving() {
        List<OpenClaim> running = List.copyOf(open);
        List<Heartbeat.JobProgress> progress =
                running.stream().map(OpenClaim::progress).filter(Objects::nonNull).toList();
        List<ClaimId> claims = running.stream().map(claim -> claim.claimed().claim()).toList();
        return new Heartbeat.Serving(
                runner.model(),
                runner.slots(),
                running.size(),
                progress.isEmpty() ? null : progress,
                claims);
    }
}

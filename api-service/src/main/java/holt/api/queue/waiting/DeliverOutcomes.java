package holt.api.queue.waiting;

import holt.api.RequestRejectedException;
import holt.api.Timer;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.ReadOutcome;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gives outcomes to the clients that wait here. Returns at once: what has to be fetched comes on a thread of its own. While the object store is
 * away, the clients wait on, up to their deadlines.
 */
public final class DeliverOutcomes {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final WaitingClients waiting;
    private final ReadOutcome read;
    private final Timer timer;

    public DeliverOutcomes(WaitingClients waiting, ReadOutcome read, Timer timer) {
        this.waiting = waiting;
        this.read = read;
        this.timer = timer;
    }

    /** Ends all clients of the job. */
    public void end(JobId job, Outcome outcome) {
        if (!waiting.contains(job)) {
            return;
        }
        if (outcome instanceof Outcome.Stored) {
            fetch(job, () -> read.resolve(outcome), resolved -> waiting.end(job, resolved));
        } else {
            waiting.end(job, outcome);
        }
    }

    /** Ends a client that came after its job's end. */
    public void end(JobId job, WaitingClient client, EventPlace outcome) {
        fetch(job, () -> at(outcome), resolved -> waiting.end(job, client, resolved));
    }

    private void fetch(JobId job, Supplier<Outcome> read, Consumer<Outcome> end) {
        Thread.startVirtualThread(() -> {
            Outcome outcome = read.get();
            boolean away =
                    outcome instanceof Outcome.Failed failed
                            && failed.reason() == Failure.STORAGE_UNAVAILABLE;
            if (!away) {
                end.accept(outcome);
            } else if (waiting.contains(job)) {
                timer.after(TRY_AGAIN, () -> fetch(job, read, end));
            }
        });
    }

    private Outcome at(EventPlace outcome) {
        try {
            return read.at(outcome);
        } catch (RequestRejectedException e) {
            return e.asOutcome();
        }
    }
}

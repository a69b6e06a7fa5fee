package holt.api.queue.waiting;

import holt.api.RequestRejectedException;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.ReadOutcome;
import holt.protocol.JobId;
import holt.protocol.Outcome;

/** Gives outcomes to the clients that wait here. Returns at once: what has to be fetched comes on a thread of its own. */
public final class DeliverOutcomes {
    private final WaitingClients waiting;
    private final ReadOutcome read;

    public DeliverOutcomes(WaitingClients waiting, ReadOutcome read) {
        this.waiting = waiting;
        this.read = read;
    }

    /** Ends all clients of the job. */
    public void end(JobId job, Outcome outcome) {
        if (!waiting.contains(job)) {
            return;
        }
        if (outcome instanceof Outcome.Stored) {
            Thread.startVirtualThread(() -> waiting.end(job, read.resolve(outcome)));
        } else {
            waiting.end(job, outcome);
        }
    }

    /** Ends a client that came after its job's end. */
    public void end(JobId job, WaitingClient client, EventPlace outcome) {
        Thread.startVirtualThread(() -> waiting.end(job, client, at(outcome)));
    }

    private Outcome at(EventPlace outcome) {
        try {
            return read.at(outcome);
        } catch (RequestRejectedException e) {
            return e.asOutcome();
        }
    }
}

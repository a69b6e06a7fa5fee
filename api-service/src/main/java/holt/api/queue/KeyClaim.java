package holt.api.queue;

import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Job;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One try of this instance to be the one that runs a job with a key, until the log has decided or the broker has not confirmed in time. */
final class KeyClaim {
    final Job job;
    final int partition;

    /** The fingerprint of what was asked. */
    final String request;

    final @Nullable WaitingClient client;

    /** Done when the job is sure to be run, by whichever instance. */
    final CompletableFuture<Void> accepted = new CompletableFuture<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private enum State {
        OPEN,
        DECIDED,
        GIVEN_UP
    }

    KeyClaim(Job job, int partition, String request, @Nullable WaitingClient client) {
        this.job = job;
        this.partition = partition;
        this.request = request;
        this.client = client;
    }

    /** @return false if it has been given up */
    boolean decide() {
        return state.compareAndSet(State.OPEN, State.DECIDED);
    }

    /** @return false if it has been decided, or was given up before */
    boolean giveUp() {
        return state.compareAndSet(State.OPEN, State.GIVEN_UP);
    }

    boolean isGivenUp() {
        return state.get() == State.GIVEN_UP;
    }
}

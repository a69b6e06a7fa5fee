package holt.api.queue;

import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Job;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** This instance's claim of a key: open until the log decides it, or the instance gives it up. */
final class KeyClaim {
    final Job job;

    /** Whether the client asks for the result later. */
    final boolean async;

    /** Of the request. */
    final String fingerprint;

    final @Nullable WaitingClient client;

    /** Done once the job is sure to be run, by whichever instance. */
    final CompletableFuture<Void> accepted = new CompletableFuture<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private enum State {
        OPEN,
        DECIDED,
        GIVEN_UP
    }

    KeyClaim(Job job, boolean async, String fingerprint, @Nullable WaitingClient client) {
        this.job = job;
        this.async = async;
        this.fingerprint = fingerprint;
        this.client = client;
    }

    /** @return false if the claim was given up */
    boolean decide() {
        return state.compareAndSet(State.OPEN, State.DECIDED);
    }

    /** @return false if the claim was decided or given up before */
    boolean giveUp() {
        return state.compareAndSet(State.OPEN, State.GIVEN_UP);
    }

    boolean isGivenUp() {
        return state.get() == State.GIVEN_UP;
    }
}

package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.Timer;
import holt.api.controls.Control;
import holt.api.controls.PausedModels;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.publish.RevokeJobs;
import holt.api.queue.waiting.ReplyListener;
import holt.api.queue.waiting.WaitingClient;
import holt.api.queue.waiting.WaitingClients;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Registers the client of a job, gives it a ticket, and ends its waiting at the deadline. */
final class RegisterClients {
    private static final Outcome EXPIRED =
            new Outcome.Failed(Failure.TIMEOUT, "the deadline passed before the job had finished");

    private final WaitingClients waiting;
    private final PlaceJobs place;
    private final RevokeJobs revoke;
    private final PausedModels paused;
    private final Timer timer;
    private final InstantSource clock;

    /** @param clock the broker's */
    RegisterClients(
            WaitingClients waiting,
            PlaceJobs place,
            RevokeJobs revoke,
            PausedModels paused,
            Timer timer,
            InstantSource clock) {
        this.waiting = waiting;
        this.place = place;
        this.revoke = revoke;
        this.paused = paused;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Comes before the job is published.
     *
     * @param listener null if nobody waits; then so is the client
     * @param joined whether another client began the job
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if too many clients wait
     */
    @Nullable WaitingClient register(
            JobId id, NewJob request, @Nullable ReplyListener listener, boolean joined) {
        if (listener == null) {
            return null;
        }
        Instant deadline = clock.instant().plus(request.timeout());
        boolean outlives = request.outlivesClient();
        var client =
                new WaitingClient(
                        listener,
                        request.isStream(),
                        joined,
                        () -> {
                            if (!outlives) {
                                cancel(id, deadline);
                            }
                        });
        waiting.register(id, client);
        client.expiresBy(timer.after(request.timeout(), () -> expire(id, request, client, joined)));
        return client;
    }

    /**
     * The ticket of a client that waits is accepted at once, since it gets every failure as its outcome.
     *
     * @param accepted if it fails, the client gets that failure as its outcome
     */
    Ticket ticket(
            JobId id,
            NewJob request,
            @Nullable WaitingClient client,
            CompletableFuture<Void> accepted) {
        if (client == null) {
            return new Ticket(id, accepted, () -> {});
        }
        var _ =
                accepted.exceptionally(failure -> {
                    if (failure instanceof RequestRejectedException rejected) {
                        waiting.end(id, client, rejected.asOutcome());
                    }
                    return null;
                });
        Instant deadline = clock.instant().plus(request.timeout());
        boolean outlives = request.outlivesClient();
        return new Ticket(
                id,
                request.outlives() ? accepted : CompletableFuture.completedFuture(null),
                () -> {
                    if (waiting.abandon(id, client) && !outlives) {
                        cancel(id, deadline);
                    }
                });
    }

    /**
     * Drops a job that still waits inside this instance, and ends its clients.
     *
     * @return false if no such job waits here
     */
    boolean withdraw(JobId id) {
        boolean withdrawn = place.withdraw(id);
        if (withdrawn) {
            waiting.end(id, new Outcome.Cancelled());
        }
        return withdrawn;
    }

    private void cancel(JobId id, Instant deadline) {
        if (!place.withdraw(id)) {
            var _ = revoke.cancel(id, deadline);
        }
    }

    /** A worker that holds the job keeps the deadline itself. A client that joined the job may have an earlier one. */
    private void expire(JobId id, NewJob request, WaitingClient client, boolean joined) {
        if (waiting.end(id, client, expired(request.model().name())) && !joined) {
            place.withdraw(id);
        }
    }

    private Outcome expired(ModelName model) {
        Control.Pause pause = paused.find(model);
        return pause == null
                ? EXPIRED
                : new Outcome.Failed(
                        Failure.TIMEOUT,
                        "the deadline passed while the model was paused: " + pause.why());
    }
}

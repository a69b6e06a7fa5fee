package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.Timer;
import holt.api.queue.index.JobIndex;
import holt.api.queue.publish.SendJobs;
import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which instance publishes the job of a key. Each instance that wants to writes {@code Claimed} and reads the log back. The first
 * {@code Claimed} in log order decides: its instance sends the job, and the others follow it.
 */
final class ClaimKeys {
    private final InstanceId instance;
    private final JobIndex index;
    private final EnqueueJobs enqueue;
    private final SendJobs send;
    private final Timer timer;
    private final Duration hold;
    private final Map<JobId, KeyClaim> claims = new ConcurrentHashMap<>();

    /** @param hold after which a claim that the log does not show is given up */
    ClaimKeys(
            InstanceId instance,
            JobIndex index,
            EnqueueJobs enqueue,
            SendJobs send,
            Timer timer,
            Duration hold) {
        this.instance = instance;
        this.index = index;
        this.enqueue = enqueue;
        this.send = send;
        this.timer = timer;
        this.hold = hold;
    }

    /** Whether no claim of the job is in the log, and none of this instance is open. */
    boolean isFree(JobId id) {
        return isFree(id, claims.get(id));
    }

    /** This instance's claim, until the log decides it; null if there is none. */
    @Nullable KeyClaim get(JobId id) {
        return claims.get(id);
    }

    /**
     * Claims the job, unless another request has done so.
     *
     * @param async whether its client asks for the result later
     * @param register registers the client
     * @return null if the job is no longer free
     */
    @Nullable KeyClaim claim(
            Job job,
            boolean async,
            String fingerprint,
            Supplier<@Nullable WaitingClient> register) {
        KeyClaim[] begun = {null};
        claims.compute(
                job.id(),
                (id, standing) -> {
                    if (!isFree(id, standing)) {
                        return standing;
                    }
                    WaitingClient client = register.get();
                    begun[0] = new KeyClaim(job, async, fingerprint, client);
                    return begun[0];
                });
        if (begun[0] != null) {
            publish(begun[0]);
        }
        return begun[0];
    }

    static RequestRejectedException conflict() {
        return new RequestRejectedException(
                Failure.IDEMPOTENCY_CONFLICT,
                "Idempotency-Key: another request has used this key",
                "Idempotency-Key",
                null);
    }

    private boolean isFree(JobId id, @Nullable KeyClaim standing) {
        return index.claim(id) == null && (standing == null || standing.isGivenUp());
    }

    private void publish(KeyClaim claim) {
        JobId id = claim.job.id();
        var _ = index.whenClaimed(id).thenAccept(first -> decide(id, first));
        var _ =
                send.claim(claim.job, claim.fingerprint)
                        .exceptionally(failure -> {
                            giveUp(claim, failure);
                            return null;
                        });
        var _ =
                timer.after(
                        hold,
                        () ->
                                giveUp(
                                        claim,
                                        new TimeoutException("the log does not show the claim")));
    }

    private void decide(JobId id, JobEvent.Claimed first) {
        KeyClaim claim = claims.remove(id);
        if (claim == null) {
            return;
        }
        boolean won = first.instance().equals(instance);
        if (!claim.decide()) {
            if (won) {
                // No instance publishes the job, and those that follow it must not wait.
                send.revoke(claim.job);
            }
        } else if (won && !claim.fingerprint.equals(first.request())) {
            // An earlier claim of this instance, which it gave up, stands first: for another
            // request.
            send.revoke(claim.job);
            settle(claim, conflict());
        } else if (won) {
            var _ =
                    enqueue.enqueueKeyed(claim.job, claim.async)
                            .whenComplete((_, failure) -> settle(claim, failure));
        } else {
            settle(claim, claim.fingerprint.equals(first.request()) ? null : conflict());
        }
    }

    /** The broker may have the claim all the same, so the claim stays until the log shows it or the job's deadline passes. */
    private void giveUp(KeyClaim claim, Throwable reason) {
        if (!claim.giveUp()) {
            return;
        }
        SendJobs.unconfirmed(claim.job, reason);
        settle(claim, SendJobs.notConfirmed(reason));
        var _ =
                timer.after(
                        Duration.between(claim.job.created(), claim.job.deadline()),
                        () -> {
                            if (claims.remove(claim.job.id(), claim)) {
                                index.forgetClaim(claim.job.id());
                            }
                        });
    }

    private static void settle(KeyClaim claim, @Nullable Throwable failure) {
        if (failure == null) {
            claim.accepted.complete(null);
        } else {
            claim.accepted.completeExceptionally(failure);
        }
    }
}

package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.RequestKey;
import holt.api.queue.placement.PublishJobs;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Jobs with an {@code Idempotency-Key}: one for all requests with the key, to whichever instances they come. An instance that does not know
 * the job claims it in the log and reads the log back: the first {@code Claimed} there decides which instance publishes the job, and the
 * others follow it.
 */
final class KeyedJobs {
    private static final String CONFLICT =
            "Idempotency-Key: it was used with another request before";
    private static final int PRINT_DIGITS = 32;

    private final InstanceId instance;
    private final JobIndex index;
    private final KafkaJobQueue queue;
    private final PublishJobs publish;
    private final Duration confirmWithin;
    private final Map<JobId, KeyClaim> claims = new ConcurrentHashMap<>();

    /** @param confirmWithin after which a claim that the log does not show is given up */
    KeyedJobs(
            InstanceId instance,
            JobIndex index,
            KafkaJobQueue queue,
            PublishJobs publish,
            Duration confirmWithin) {
        this.instance = instance;
        this.index = index;
        this.queue = queue;
        this.publish = publish;
        this.confirmWithin = confirmWithin;
    }

    /**
     * Begins the job, or joins it.
     *
     * @throws RequestRejectedException {@code IDEMPOTENCY_CONFLICT} if the key belongs to another request
     */
    Ticket submit(RequestKey key, NewJob request, @Nullable ReplyListener client) {
        index.requireCaughtUp();
        JobId id = index.job(key);
        String print = fingerprint(request);
        if (index.claim(id) == null && !isOpen(claims.get(id))) {
            Job job = queue.job(id, request);
            KeyClaim[] begun = {null};
            claims.compute(
                    id,
                    (_, standing) -> {
                        if (index.claim(id) != null || isOpen(standing)) {
                            return standing;
                        }
                        begun[0] = queue.begin(job, request, client, print);
                        return begun[0];
                    });
            if (begun[0] != null) {
                claim(begun[0]);
                return queue.ticket(begun[0], request);
            }
        }
        return join(id, print, request, client);
    }

    private Ticket join(JobId id, String print, NewJob request, @Nullable ReplyListener client) {
        KeyClaim standing = claims.get(id);
        JobEvent.Claimed claimed = index.claim(id);
        String known =
                claimed != null ? claimed.request() : standing != null ? standing.request : null;
        if (!print.equals(known)) {
            throw conflict();
        }
        return queue.join(
                id, request, client, standing == null ? index.whenQueued(id) : standing.accepted);
    }

    private void claim(KeyClaim claim) {
        JobId id = claim.job.id();
        var _ = index.whenClaimed(id).thenAccept(first -> decide(id, first));
        var _ =
                publish.claim(claim.job, claim.partition, claim.request)
                        .exceptionally(failure -> {
                            giveUp(claim, failure);
                            return null;
                        });
        queue.later(
                confirmWithin,
                () -> giveUp(claim, new TimeoutException("the log does not show it")));
    }

    /** The log has spoken. */
    private void decide(JobId id, JobEvent.Claimed first) {
        KeyClaim claim = claims.remove(id);
        if (claim == null) {
            return;
        }
        boolean mine = first.instance().equals(instance);
        if (!claim.decide()) {
            // Nobody else publishes it, and who follows it must not wait.
            if (mine) {
                queue.endUnrun(claim.job, first.partition());
            }
        } else if (mine) {
            var _ =
                    queue.send(
                                    claim.job,
                                    publish.keyed(claim.job, claim.partition),
                                    claim.partition)
                            .whenComplete((_, failure) -> settle(claim, failure));
        } else if (claim.request.equals(first.request())) {
            queue.drop(claim);
            settle(claim, null);
        } else {
            queue.drop(claim);
            queue.end(claim, new Outcome.Failed(Failure.IDEMPOTENCY_CONFLICT, CONFLICT));
            settle(claim, conflict());
        }
    }

    private void giveUp(KeyClaim claim, Throwable reason) {
        if (claim.giveUp()) {
            queue.unconfirmed(claim, reason);
            settle(claim, KafkaJobQueue.notConfirmed());
            queue.later(
                    Duration.between(claim.job.created(), claim.job.deadline()),
                    () -> {
                        if (claims.remove(claim.job.id(), claim)) {
                            index.forgetClaim(claim.job.id());
                        }
                    });
        }
    }

    private static void settle(KeyClaim claim, @Nullable Throwable failure) {
        if (failure == null) {
            claim.accepted.complete(null);
        } else {
            claim.accepted.completeExceptionally(failure);
        }
    }

    private static boolean isOpen(@Nullable KeyClaim claim) {
        return claim != null && !claim.isGivenUp();
    }

    private static RequestRejectedException conflict() {
        return new RequestRejectedException(
                Failure.IDEMPOTENCY_CONFLICT, CONFLICT, "Idempotency-Key", null);
    }

    /** Of what is asked for, not of its bytes: a repeated upload may come wrapped in another way. */
    private static String fingerprint(NewJob request) {
        return Sha256.hex(
                        request.model().name().value().getBytes(StandardCharsets.UTF_8),
                        Codec.encode(request.task().withoutKeys()))
                .substring(0, PRINT_DIGITS);
    }
}

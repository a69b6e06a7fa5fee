package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.queue.placement.Work;
import holt.protocol.Asked;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the record of a job. A large task goes to the object store. */
final class MakeJobs {
    private static final Logger LOG = LoggerFactory.getLogger(MakeJobs.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ReplyAddress replyTo;
    private final InstantSource clock;
    private final ClaimCheck claims;

    /** @param clock the broker's */
    MakeJobs(ReplyAddress replyTo, InstantSource clock, ClaimCheck claims) {
        this.replyTo = replyTo;
        this.clock = clock;
        this.claims = claims;
    }

    /**
     * May wait for the store.
     *
     * @throws RequestRejectedException {@code STORAGE_UNAVAILABLE} if the store does not take a large task
     */
    Job make(JobId id, NewJob request) {
        Instant now = clock.instant();
        return new Job(
                id,
                request.model().name(),
                request.lane(),
                1,
                now,
                now.plus(request.timeout()),
                replyTo,
                List.of(),
                null,
                payload(request.task()),
                request.task().needs(),
                origin(request),
                asked(request.asked()),
                request.trace());
    }

    private @Nullable Asked asked(@Nullable Asked asked) {
        if (asked == null || asked.form() == null) {
            return asked;
        }
        byte[] form = Codec.encode(asked.form());
        return ClaimCheck.isNeededFor(form) ? asked.in(new Asked.Form.Stored(store(form))) : asked;
    }

    private static Job.Origin origin(NewJob request) {
        Caller caller = request.caller();
        return new Job.Origin(
                caller.id(),
                caller.limits().weight(),
                Work.estimate(request.task()),
                caller.isKnown() ? caller.key() : null);
    }

    private Payload payload(Task task) {
        byte[] bytes = Codec.encode(task);
        return ClaimCheck.isNeededFor(bytes)
                ? new Payload.Stored(store(bytes))
                : new Payload.Inline(task);
    }

    private StoredObject store(byte[] bytes) {
        try {
            return claims.put(bytes);
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .setCause(e)
                    .log("the object store did not take a large request; its client gets 503");
            throw new RequestRejectedException(
                    Failure.STORAGE_UNAVAILABLE,
                    "the object store does not answer; try again later",
                    null,
                    RETRY_AFTER);
        }
    }
}

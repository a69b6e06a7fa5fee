package holt.api.queue.index;

import holt.api.RequestRejectedException;
import holt.protocol.Asked;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.StoredObject;
import holt.protocol.UnreadableRecordException;
import holt.store.ClaimCheck;
import holt.store.ObjectNotFoundException;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads outcomes where they stand: in the log of events, and the large ones in the object store. Both may block. */
public final class ReadOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOutcome.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final EventLog log;
    private final ClaimCheck claims;

    public ReadOutcome(EventLog log, ClaimCheck claims) {
        this.log = log;
        this.claims = claims;
    }

    /**
     * The outcome in that event.
     *
     * @throws RequestRejectedException if the broker does not give the event now, or the event is gone or not readable
     */
    public Outcome at(EventPlace place) {
        return resolve(finished(place).outcome());
    }

    /**
     * The outcome in that event, and how the job's client asked.
     *
     * @throws RequestRejectedException likewise, also if the object store does not give what the job's form needs
     */
    public JobResult result(EventPlace place) {
        JobEvent.Finished end = finished(place);
        Asked asked = end.asked();
        return new JobResult(
                resolve(end.outcome()),
                asked != null && asked.form() instanceof Asked.Form.Stored(StoredObject object)
                        ? asked.in(fetch(object, Asked.Form.class))
                        : asked);
    }

    private JobEvent.Finished finished(EventPlace place) {
        byte[] event = read(place);
        if (event == null) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker did not give the job's outcome; try again later",
                    null,
                    RETRY_AFTER);
        }
        try {
            if (Codec.decode(event, JobEvent.class) instanceof JobEvent.Finished end) {
                return end;
            }
        } catch (UnreadableRecordException e) {
            LOG.atError().setCause(e).log("an outcome is not readable; its client gets 500");
        }
        throw new RequestRejectedException(
                Failure.SERVER_ERROR, "the job's outcome could not be read");
    }

    /** The answer to whoever asks for a result whose time is over. */
    public static RequestRejectedException expired() {
        return new RequestRejectedException(Failure.RESULT_EXPIRED, "the job's result has expired");
    }

    private byte @Nullable [] read(EventPlace place) {
        try {
            return log.read(place);
        } catch (RecordGoneException e) {
            throw expired();
        }
    }

    /** The outcome itself, fetched from the store if this one is a claim check. A failed fetch gives an {@link Outcome.Failed}. */
    public Outcome resolve(Outcome outcome) {
        if (!(outcome instanceof Outcome.Stored stored)) {
            return outcome;
        }
        try {
            return fetch(stored.object(), Outcome.class);
        } catch (RequestRejectedException e) {
            return new Outcome.Failed(e.failure(), String.valueOf(e.getMessage()));
        }
    }

    private <T> T fetch(StoredObject object, Class<T> family) {
        try {
            return Codec.decode(claims.get(object), family);
        } catch (ObjectNotFoundException e) {
            throw expired();
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("key", object.key())
                    .setCause(e)
                    .log(
                            "a stored result could not be read; a client that waits for it waits on if the store is away, any other gets an error");
            throw new RequestRejectedException(
                    e instanceof StoreUnavailableException
                            ? Failure.STORAGE_UNAVAILABLE
                            : Failure.SERVER_ERROR,
                    "the result could not be read from the object store");
        }
    }
}

package holt.engine.loop;

import holt.engine.EngineFailure;
import holt.engine.NotFiniteException;
import holt.engine.RequestId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs many requests in common steps of one model. This class accepts, cancels and fails requests; a subclass computes.
 * Only the engine's thread calls it, except {@link #discard}.
 *
 * @param <R> the request type
 */
public abstract class BatchLoop<R extends ActiveRequest> {
    private static final Logger log = LoggerFactory.getLogger(BatchLoop.class);

    private final String model;
    private final Map<RequestId, R> requests = new LinkedHashMap<>(); // by arrival
    private EngineFailure.@Nullable DeviceBroken broken;

    /** @param model its name, for the log */
    protected BatchLoop(String model) {
        this.model = model;
    }

    /** Called first. */
    protected abstract void start();

    /** Computes one step. Not called without requests. */
    protected abstract void step(Progress progress);

    /** Hands a new request to the scheduler. */
    protected abstract void schedule(R request);

    /** Takes a request from the scheduler, whether it waits or runs. */
    protected abstract void unschedule(R request);

    /** Frees the model. Called last. */
    protected abstract void free();

    final void accept(Submission<R> submission) {
        switch (submission) {
            case Submission.Run<R>(R request) -> accept(request);
            case Submission.Reject<R>(Runnable publish) -> publish.run();
        }
    }

    private void accept(R request) {
        if (broken != null) {
            request.fail(broken);
        } else if (requests.putIfAbsent(request.id(), request) != null) {
            request.fail(
                    new EngineFailure.Internal(
                            "a request with the id " + request.id() + " is already running"));
        } else {
            schedule(request);
        }
    }

    /** Ends a submission that the thread never took, because the engine was closed. Any thread may call it. */
    final void discard(Submission<R> submission) {
        switch (submission) {
            case Submission.Run<R>(R request) -> request.cancel();
            case Submission.Reject<R>(Runnable publish) -> publish.run();
        }
    }

    final void cancel(RequestId id) {
        R request = requests.get(id);
        if (request != null) {
            remove(request);
            request.cancel();
        }
    }

    final void cutShort(RequestId id) {
        R request = requests.get(id);
        if (request != null) {
            attempt(
                    List.of(request),
                    () -> {
                        if (request.cutShort() && isListening(request)) {
                            remove(request);
                        }
                    });
        }
    }

    protected final boolean isIdle() {
        return requests.isEmpty();
    }

    /** Cancels all requests and frees the model. */
    final void stop() {
        List.copyOf(requests.keySet()).forEach(this::cancel);
        free();
    }

    protected final String model() {
        return model;
    }

    /** The running request with this id, or null if it has ended. */
    protected final @Nullable R find(RequestId id) {
        return requests.get(id);
    }

    /** Forgets a request that has ended. */
    protected final void remove(R request) {
        requests.remove(request.id());
        unschedule(request);
    }

    /** Cancels a request whose consumer has thrown. Returns whether the request goes on. */
    protected final boolean isListening(R request) {
        if (!request.isListening()) {
            cancel(request.id());
        }
        return request.isListening();
    }

    /** Does work for some requests, which fail if it throws. Returns whether it succeeded. */
    protected final boolean attempt(Collection<R> concerned, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            fail(concerned, e);
            return false;
        }
    }

    private EngineFailure failure(RuntimeException exception) {
        return exception instanceof NotFiniteException
                ? new EngineFailure.Internal(
                        "the model %s computes NaN: %s".formatted(model, exception.getMessage()))
                : EngineFailures.of(exception);
    }

    /** Fails the requests that an exception concerns: all of them if the device is broken. */
    protected final void fail(Collection<R> concerned, RuntimeException exception) {
        EngineFailure failure = failure(exception);
        if (failure instanceof EngineFailure.DeviceBroken lost) {
            broken = lost;
        }
        List<R> failed = List.copyOf(broken == null ? concerned : requests.values());
        log.atError()
                .addKeyValue("model", model)
                .addKeyValue("requests", failed.size())
                .setCause(exception)
                .log(
                        broken == null
                                ? "A step failed, and its requests with it"
                                : "The device is broken; all requests fail from now on");
        for (R request : failed) {
            remove(request);
            request.fail(failure);
        }
    }
}

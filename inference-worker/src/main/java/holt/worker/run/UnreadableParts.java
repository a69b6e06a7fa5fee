package holt.worker.run;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import holt.store.DamagedObjectException;
import holt.store.ObjectNotFoundException;
import holt.store.StoreUnavailableException;

/** What a job comes to when a part of its request, kept in the object store, could not be had. */
final class UnreadableParts {
    private UnreadableParts() {}

    static Outcome.Failed failure(Exception cause) {
        return switch (cause) {
            case StoreUnavailableException _ ->
                    new Outcome.Failed(Failure.STORAGE_UNAVAILABLE, "the object store is away");
            case ObjectNotFoundException _, DamagedObjectException _, UnreadableRecordException _ ->
                    new Outcome.Failed(
                            Failure.SERVER_ERROR, "the request's stored part could not be read");
            default ->
                    new Outcome.Failed(
                            Failure.WORKER_FAILED, "the request's stored part was not fetched");
        };
    }
}

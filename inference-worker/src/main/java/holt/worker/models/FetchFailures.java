package holt.worker.models;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import holt.store.DamagedObjectException;
import holt.store.ObjectNotFoundException;
import holt.store.StoreUnavailableException;

/** Maps a failed read of a request's part in the object store to an outcome. */
public final class FetchFailures {
    private FetchFailures() {}

    public static Outcome.Failed outcome(Exception cause) {
        return switch (cause) {
            case StoreUnavailableException _ ->
                    new Outcome.Failed(
                            Failure.STORAGE_UNAVAILABLE, "the object store is unavailable");
            case ObjectNotFoundException _, DamagedObjectException _, UnreadableRecordException _ ->
                    new Outcome.Failed(
                            Failure.SERVER_ERROR,
                            "the request's stored part is missing or damaged");
            default ->
                    new Outcome.Failed(
                            Failure.WORKER_FAILED,
                            "the worker could not fetch the request's stored part");
        };
    }
}

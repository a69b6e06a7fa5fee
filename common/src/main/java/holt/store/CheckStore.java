package holt.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Stores, reads, lists and deletes one small object. So a wrong key or a missing right ends the start, not the first job. */
final class CheckStore {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String PREFIX = "check/";

    private final LongSupplier nanoTime;
    private final Pause pause;

    private interface Step {
        void run();
    }

    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    CheckStore() {
        this(System::nanoTime, Thread::sleep);
    }

    /** @param pause between two tries */
    CheckStore(LongSupplier nanoTime, Pause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Waits 20 s for a store that does not answer yet.
     *
     * @throws StoreUnfitException if the store refuses, or does not answer in time
     */
    void check(ObjectStore store, String where) throws InterruptedException {
        String key = PREFIX + UUID.randomUUID();
        byte[] content = {1};
        long begun = nanoTime.getAsLong();
        while (true) {
            try {
                step(where, "to store", () -> store.put(key, content, "application/octet-stream"));
                step(
                        where,
                        "to read",
                        () -> {
                            if (!Arrays.equals(store.get(key), content)) {
                                throw new StoreUnfitException(
                                        "the object store "
                                                + where
                                                + " does not return what it stored",
                                        null);
                            }
                        });
                step(where, "to list", () -> store.list(key).forEach(_ -> {}));
                step(where, "to delete", () -> store.delete(key));
                return;
            } catch (StoreUnavailableException e) {
                if (nanoTime.getAsLong() - begun > PATIENCE.toNanos()) {
                    throw new StoreUnfitException(
                            "%s, at %s. Check --s3 or holt.store.endpoint"
                                    .formatted(e.getMessage(), where),
                            e);
                }
                pause.last(PAUSE);
            }
        }
    }

    private static void step(String where, String what, Step step) {
        try {
            step.run();
        } catch (StoreRefusedException e) {
            throw new StoreUnfitException(
                    "the object store %s refuses %s objects: %s. Check HOLT_S3_ACCESS_KEY, HOLT_S3_SECRET_KEY and their rights"
                            .formatted(where, what, e.reason()),
                    e);
        }
    }
}

package holt.api.keys;

import java.util.concurrent.CompletableFuture;

/** Writes keys where every instance reads them. */
@FunctionalInterface
public interface WriteKeys {
    /** Completes when the key is safe. Other instances know it within seconds. */
    CompletableFuture<?> write(AccessKey key);
}

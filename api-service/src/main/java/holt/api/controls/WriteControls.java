package holt.api.controls;

import java.util.concurrent.CompletableFuture;

/** Writes orders where every instance reads them. */
@FunctionalInterface
public interface WriteControls {
    /**
     * Completes when the order is safe, and this instance obeys it. Other instances do so within seconds. The order of the log counts, so no
     * caller applies an order itself.
     */
    CompletableFuture<?> write(Control control);
}

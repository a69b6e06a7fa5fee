package holt.api.controls;

import java.util.concurrent.CompletableFuture;

/** Writes orders where every instance reads them. */
@FunctionalInterface
public interface WriteControls {
    /** Completes when the order is safe. Other instances know it within seconds. */
    CompletableFuture<?> write(Control control);
}

package holt.api;

import org.jspecify.annotations.Nullable;

/** Whether this instance can serve requests while it neither starts nor stops. */
@FunctionalInterface
public interface Readiness {
    /** Why it cannot, as a sentence for clients and operators; null if it can. */
    @Nullable String unreadyBecause();
}

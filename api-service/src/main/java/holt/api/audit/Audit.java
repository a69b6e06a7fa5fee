package holt.api.audit;

import java.util.concurrent.CompletableFuture;

/** Keeps the changes that operators make. */
public interface Audit {
    /** Completes when the entry is safe. */
    CompletableFuture<?> write(AuditEntry entry);

    /**
     * The newest entries. May wait for the broker.
     *
     * @param before only entries with a lower number
     * @throws holt.api.RequestRejectedException {@code OVERLOADED} if the broker does not give them now
     */
    AuditPage newest(long before, int most);
}

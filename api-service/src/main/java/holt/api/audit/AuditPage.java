package holt.api.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the audit, newest first.
 *
 * @param next the page goes on before this number; null at the end
 */
public record AuditPage(List<Row> rows, @Nullable Long next) {
    /**
     * One entry.
     *
     * @param number counts up
     * @param at the broker's time
     */
    public record Row(long number, Instant at, AuditEntry entry) {}
}

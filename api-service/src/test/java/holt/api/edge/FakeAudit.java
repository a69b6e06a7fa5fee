package holt.api.edge;

import holt.api.audit.Audit;
import holt.api.audit.AuditEntry;
import holt.api.audit.AuditPage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** An audit in memory. */
public final class FakeAudit implements Audit {
    public final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

    /** Whether the broker refuses entries. */
    public volatile boolean refuses;

    @Override
    public CompletableFuture<?> write(AuditEntry entry) {
        if (refuses) {
            return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }
        entries.add(entry);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public AuditPage newest(long before, int most) {
        List<AuditPage.Row> all =
                IntStream.range(0, entries.size())
                        .filter(number -> number < before)
                        .mapToObj(number ->
                                new AuditPage.Row(
                                        number,
                                        Instant.ofEpochSecond(1_700_000_000L + number),
                                        entries.get(number)))
                        .toList()
                        .reversed();
        List<AuditPage.Row> page = all.subList(0, Math.min(most, all.size()));
        return new AuditPage(page, page.size() < most ? null : page.getLast().number());
    }
}

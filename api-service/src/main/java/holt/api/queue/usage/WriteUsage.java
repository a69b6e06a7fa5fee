package holt.api.queue.usage;

import holt.protocol.Codec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to {@code holt.usage} what has been folded, and removes what is too old. Work of the owner. Each record has the whole hour so far,
 * so it does no harm if two instances write it.
 */
public final class WriteUsage {
    private static final Logger LOG = LoggerFactory.getLogger(WriteUsage.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Supplier<List<UsageRow>> folded;
    private final UsageTotals totals;
    private final Send send;
    private final Duration keep;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    /** Writes a record of the topic. */
    @FunctionalInterface
    public interface Send {
        /** @param value null removes the row */
        CompletableFuture<?> send(String key, byte @Nullable [] value);
    }

    /**
     * @param keep how long rows are kept
     * @param clock the broker's
     */
    public WriteUsage(
            Supplier<List<UsageRow>> folded,
            UsageTotals totals,
            Send send,
            Duration keep,
            InstantSource clock) {
        this.folded = folded;
        this.totals = totals;
        this.send = send;
        this.keep = keep;
        this.clock = clock;
    }

    /** @param owns whether this instance still owns the work */
    public void run(BooleanSupplier owns) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        Instant oldest = now.minus(keep);
        for (UsageRow row : totals.missing(folded.get())) {
            if (owns.getAsBoolean() && !row.key().hour().isBefore(oldest)) {
                write(row.key(), Codec.encode(row));
            }
        }
        for (UsageKey old : totals.before(oldest)) {
            if (owns.getAsBoolean()) {
                write(old, null);
            }
        }
    }

    private void write(UsageKey key, byte @Nullable [] value) {
        var _ =
                send.send(key.text(), value)
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("reason", failure.getMessage())
                                    .log("usage was not written; the next round writes it again");
                            return null;
                        });
    }
}

package holt.api.queue.usage;

import static holt.api.queue.usage.UsageTotalsTest.HOUR;
import static holt.api.queue.usage.UsageTotalsTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.ManualTimer;
import holt.protocol.Codec;
import holt.protocol.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WriteUsageTest {
    private static final Duration KEEP = Duration.ofDays(35);

    private final ManualTimer clock = new ManualTimer(HOUR);
    private final UsageTotals totals = new UsageTotals();
    private List<UsageRow> folded = List.of();
    private final List<String> sent = new ArrayList<>();
    private CompletableFuture<Void> confirmation = CompletableFuture.completedFuture(null);

    private final WriteUsage write = new WriteUsage(() -> folded, totals, this::send, KEEP, clock);

    @Test
    @DisplayName(
            "R190: the owner writes what has been folded, every ten seconds, until the topic has it")
    void theOwnerWrites() {
        folded = List.of(row(HOUR, 2));
        write.run(() -> true);
        write.run(() -> true);

        assertThat(sent).containsExactly("2026-01-01T07:00:00Z/team:blue/k/ORG/NAME");
        clock.advance(Duration.ofSeconds(10));
        write.run(() -> true);
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatWasNotConfirmedIsWrittenAgain() {
        folded = List.of(row(HOUR, 2));
        confirmation = CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        write.run(() -> true);
        confirmation = CompletableFuture.completedFuture(null);
        clock.advance(Duration.ofSeconds(10));

        write.run(() -> true);

        assertThat(sent).hasSize(2);
    }

    @Test
    void whoHasLostTheElectionWritesNothing() {
        folded = List.of(row(HOUR, 2));

        write.run(() -> false);

        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsTooOldIsRemoved() {
        folded = List.of(row(HOUR, 2));
        write.run(() -> true);
        clock.advance(KEEP.plus(Duration.ofHours(1)));

        write.run(() -> true);

        assertThat(sent).hasSize(2);
        assertThat(totals.with(List.of())).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        write.run(() -> true);
        assertThat(sent).hasSize(2);
    }

    /** The topic has at once what is confirmed. */
    private CompletableFuture<?> send(String key, byte[] value) {
        sent.add(key);
        if (!confirmation.isCompletedExceptionally()) {
            try {
                if (value == null) {
                    totals.forget(UsageKey.of(key));
                } else {
                    totals.written(Codec.decode(value, UsageRow.class));
                }
            } catch (UnreadableRecordException e) {
                throw new AssertionError(e);
            }
        }
        return confirmation;
    }
}

package holt.api.queue.usage;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsageTotalsTest {
    static final Instant HOUR = Instant.parse("2026-01-01T07:00:00Z");

    private final UsageTotals totals = new UsageTotals();

    @Test
    @DisplayName("R190: what the topic lacks of the fold is written")
    void whatIsMissing() {
        totals.written(row(HOUR, 3));

        assertThat(totals.missing(List.of(row(HOUR, 3)))).isEmpty();
        assertThat(totals.missing(List.of(row(HOUR, 4)))).containsExactly(row(HOUR, 4));
    }

    @Test
    @DisplayName("R190: an instance that has folded less changes nothing")
    void lessIsNotWritten() {
        totals.written(row(HOUR, 3));

        assertThat(totals.missing(List.of(row(HOUR, 2)))).isEmpty();
        assertThat(totals.with(List.of(row(HOUR, 2)))).containsExactly(row(HOUR, 3));
    }

    @Test
    @DisplayName("R190: a row whose newest record has less than an earlier one is written again")
    void aLoweredRowIsWrittenAgain() {
        totals.written(row(HOUR, 3));
        totals.written(row(HOUR, 2));
        assertThat(totals.missing(List.of())).containsExactly(row(HOUR, 3));
        assertThat(totals.missing(List.of(row(HOUR, 2)))).containsExactly(row(HOUR, 3));

        totals.written(row(HOUR, 3));

        assertThat(totals.missing(List.of())).isEmpty();
    }

    @Test
    void whatHasOnlyBeenFoldedIsShown() {
        assertThat(totals.with(List.of(row(HOUR, 1)))).containsExactly(row(HOUR, 1));
    }

    static UsageRow row(Instant hour, long jobs) {
        return new UsageRow(
                new UsageKey(hour, "team:blue", "k", new ModelName("ORG/NAME")),
                new UsageCounts(jobs, 0, 10 * jobs, 0, 0, 0, 0));
    }
}

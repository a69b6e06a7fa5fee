package holt.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MemoryBudget budget = new MemoryBudget(100);

    @Test
    @DisplayName("R182: bodies that are read and jobs that wait share one budget of bytes")
    void reservationsAndOthersShareTheBudget() throws Exception {
        var others = new AtomicLong(30);
        budget.shareWith(others::get);

        assertThat(budget.reserve(50, NOW)).isTrue();
        assertThat(budget.leftForOthers()).isEqualTo(50);
        assertThat(budget.reserve(21, NOW)).isFalse();
        assertThat(budget.reserve(20, NOW)).isTrue();

        budget.release(70);
        assertThat(budget.leftForOthers()).isEqualTo(100);
    }

    @Test
    void whatIsLargerThanAllPassesAlone() throws Exception {
        assertThat(budget.reserve(300, NOW)).isTrue();
        assertThat(budget.reserve(1, NOW)).isFalse();
        budget.release(300);
        assertThat(budget.reserve(1, NOW)).isTrue();
        assertThat(budget.reserve(300, NOW)).isFalse();
    }

    @Test
    void aReservationWaitsForRoom() throws Exception {
        assertThat(budget.reserve(100, NOW)).isTrue();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return budget.reserve(60, LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });

        budget.release(100);

        assertThat(waiting.join()).isTrue();
    }

    @Test
    void aReservationWaitsForOthersToNeedLess() throws Exception {
        var others = new AtomicLong(90);
        budget.shareWith(others::get);
        assertThat(budget.reserve(5, NOW)).isTrue();
        assertThat(budget.reserve(50, NOW)).isFalse();

        others.set(0);

        assertThat(budget.reserve(50, LONG)).isTrue();
    }
}

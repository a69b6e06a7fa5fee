package holt.worker.settle;

import static holt.worker.TestJobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.ResponseFormat;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.worker.TestJobs;
import holt.worker.models.RunResult;
import holt.worker.models.Upload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StoreOutcomeTest {
    private static final Outcome IMAGES =
            new Outcome.ImagesCompleted(
                    List.of(new Outcome.Picture("pictures/1", 1, 1, "image/png", null)),
                    ResponseFormat.URL);
    private static final RunResult RESULT =
            new RunResult(
                    IMAGES,
                    List.of(
                            new Upload("pictures/1", new byte[] {1}, "image/png"),
                            new Upload("pictures/2", new byte[] {2, 2}, "image/png")),
                    "");

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(objects, clock);
    private final StoreOutcome store =
            new StoreOutcome(objects, claims, clock, Duration.ofMillis(10));

    @Test
    @DisplayName("R76: the worker stores the pictures before any record names them")
    void picturesAreStoredBeforeTheOutcomeIsThere() throws Exception {
        objects.fallSilent();
        CompletableFuture<Outcome> stored = store(RESULT);
        assertThat(stored).isNotDone();

        objects.answer();

        assertThat(outcome(stored)).isEqualTo(IMAGES);
        assertThat(objects.get("pictures/1")).containsExactly(1);
        assertThat(objects.get("pictures/2")).containsExactly(2, 2);
    }

    @Test
    void anUnavailableStoreIsTriedAgainUntilItIsBack() throws Exception {
        objects.setDown(true);
        CompletableFuture<Outcome> stored = store(RESULT);
        assertThat(stored).isNotDone();

        objects.setDown(false);

        assertThat(outcome(stored)).isEqualTo(IMAGES);
        assertThat(objects.get("pictures/2")).containsExactly(2, 2);
    }

    @Test
    void aStoreThatStaysUnavailableUntilTheDeadlineIsTheReason() throws Exception {
        objects.setDown(true);
        now = TestJobs.job().deadline();

        Outcome outcome = outcome(store(RESULT));

        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(Failure.STORAGE_UNAVAILABLE);
    }

    @Test
    @DisplayName("R75: an outcome over 64 KiB lies under claims/<day>/ in the object store")
    void aLargeOutcomeBecomesAClaimCheck() throws Exception {
        Outcome large =
                new Outcome.ChatCompleted(
                        "x".repeat(ClaimCheck.INLINE_LIMIT),
                        Outcome.FinishReason.STOP,
                        new Outcome.Usage(1, 1));

        var stored = (Outcome.Stored) outcome(store(new RunResult(large)));

        assertThat(stored.object().key()).startsWith("claims/2026-01-02/");
        assertThat(stored.object().size()).isGreaterThan(ClaimCheck.INLINE_LIMIT);
        assertThat(Codec.decode(claims.get(stored.object()), Outcome.class)).isEqualTo(large);
    }

    @Test
    void anOutcomeThatFitsIntoARecordNeedsNoStore() {
        objects.setDown(true);

        assertThat(store(new RunResult(new Outcome.Cancelled())))
                .isCompletedWithValue(new Outcome.Cancelled());
    }

    private CompletableFuture<Outcome> store(RunResult result) {
        return store.store(TestJobs.job(), result);
    }

    private static Outcome outcome(CompletableFuture<Outcome> stored) throws Exception {
        return stored.get(10, TimeUnit.SECONDS);
    }
}

package holt.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.worker.run.Upload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
    private static final Outcome PAINTED =
            new Outcome.ImagesCompleted(
                    List.of(new Outcome.Picture("pictures/1", 1, 1, "image/png", null)),
                    ResponseFormat.URL);
    private static final List<Upload> UPLOADS =
            List.of(
                    new Upload("pictures/1", new byte[] {1}, "image/png"),
                    new Upload("pictures/2", new byte[] {2, 2}, "image/png"));

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(objects, InstantSource.fixed(NOW));
    private final StoreOutcome store = new StoreOutcome(objects, claims, InstantSource.fixed(NOW));

    @Test
    void picturesLieInTheStoreBeforeTheirOutcomeIsTold() throws Exception {
        assertThat(told(store.store(job(Duration.ofMinutes(1)), PAINTED, UPLOADS)))
                .isEqualTo(PAINTED);

        assertThat(objects.get("pictures/1")).containsExactly(1);
        assertThat(objects.get("pictures/2")).containsExactly(2, 2);
    }

    @Test
    void aStoreThatIsAwayIsAskedAgainUntilItIsBack() throws Exception {
        objects.setDown(true);
        CompletableFuture<Outcome> stored =
                store.store(job(Duration.ofMinutes(1)), PAINTED, UPLOADS);
        assertThat(stored).isNotDone();

        objects.setDown(false);

        assertThat(told(stored)).isEqualTo(PAINTED);
        assertThat(objects.get("pictures/2")).containsExactly(2, 2);
    }

    @Test
    void aStoreThatStaysAwayUntilTheDeadlineIsTheReason() throws Exception {
        objects.setDown(true);

        Outcome outcome = told(store.store(job(Duration.ofMillis(600)), PAINTED, UPLOADS));

        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(Failure.STORAGE_UNAVAILABLE);
    }

    @Test
    void anOutcomeTooLargeForARecordGoesTheSameWay() throws Exception {
        Outcome large =
                new Outcome.ChatCompleted(
                        "x".repeat(ClaimCheck.INLINE_LIMIT),
                        Outcome.FinishReason.STOP,
                        new Outcome.Usage(1, 1));

        var stored =
                (Outcome.Stored) told(store.store(job(Duration.ofMinutes(1)), large, List.of()));

        assertThat(Codec.decode(claims.get(stored.object()), Outcome.class)).isEqualTo(large);
    }

    @Test
    void whatFitsIntoARecordNeedsNoStore() throws Exception {
        objects.setDown(true);

        assertThat(store.store(job(Duration.ofMinutes(1)), new Outcome.Cancelled(), List.of()))
                .isCompletedWithValue(new Outcome.Cancelled());
    }

    private static Outcome told(CompletableFuture<Outcome> stored) throws Exception {
        return stored.get(10, TimeUnit.SECONDS);
    }

    private static Job job(Duration left) {
        return new Job(
                new JobId("j"),
                new ModelName("m"),
                Lane.NORMAL,
                1,
                NOW,
                NOW.plus(left),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Stored(new StoredObject("claims/x", 1, "00")));
    }
}

package holt.api.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.ManualTimer;
import holt.api.queue.index.ReadOutcome;
import holt.protocol.Codec;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeliverOutcomesTest {
    private static final JobId JOB = new JobId("j");
    private static final Outcome DONE =
            new Outcome.ChatCompleted("yo", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));

    private final ManualTimer timer = new ManualTimer(Instant.EPOCH);
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(store, timer);
    private final WaitingClients waiting = new WaitingClients(10);
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final DeliverOutcomes deliver =
            new DeliverOutcomes(waiting, new ReadOutcome(_ -> null, claims), timer);

    @Test
    @DisplayName("R27: a client waits on for a large outcome while the object store is away")
    void aStoreThatIsAwayIsTriedAgain() throws Exception {
        var stored = new Outcome.Stored(claims.put(Codec.encode(DONE)));
        waiting.register(JOB, new WaitingClient(replies::add, false, false, () -> {}));
        store.setDown(true);

        deliver.end(JOB, stored);
        awaitPending();
        assertThat(replies).isEmpty();
        store.setDown(false);
        timer.advance(Duration.ofSeconds(1));

        assertThat(replies.poll(10, TimeUnit.SECONDS)).isEqualTo(DONE);
    }

    private void awaitPending() {
        while (timer.pending() == 0) {
            Thread.onSpinWait();
        }
    }
}

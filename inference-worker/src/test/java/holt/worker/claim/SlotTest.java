package holt.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Heartbeat;
import holt.protocol.Reply;
import holt.worker.TestJobs;
import holt.worker.models.ChatRunner;
import holt.worker.models.FakeTextEngine;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotTest {
    private final Slot slot =
            new Slot(new ChatRunner(TestJobs.CHAT_MODEL, new FakeTextEngine(), 100));

    @Test
    void aSlotIsBusyFromItsFirstStepUntilItIsFree() {
        assertThat(slot.busy()).isFalse();

        slot.cancellable(CompletableFuture.completedFuture(null));
        assertThat(slot.busy()).isTrue();

        slot.free();
        assertThat(slot.busy()).isFalse();
    }

    @Test
    void aHandBackCancelsThePresentStep() {
        slot.handBack();
        var first = slot.cancellable(new CompletableFuture<>());
        var second = slot.cancellable(new CompletableFuture<>());

        slot.handBack();

        assertThat(first).isNotDone();
        assertThat(second).isCancelled();
    }

    @Test
    @DisplayName("R80: a slot keeps the progress of its job, in steps, for the heartbeats")
    void theLastProgressOfTheJobIsKept() {
        slot.note(TestJobs.job(), new Reply.Progress(1, 20));
        slot.note(TestJobs.job(), new Reply.Progress(2, 20));
        slot.note(TestJobs.job(), new Reply.TextDelta("no progress", 1));

        assertThat(slot.progress())
                .isEqualTo(new Heartbeat.JobProgress(TestJobs.job().id(), 2, 20));
        slot.free();
        assertThat(slot.progress()).isNull();
    }
}

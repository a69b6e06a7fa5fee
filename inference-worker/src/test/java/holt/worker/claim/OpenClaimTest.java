package holt.worker.claim;

import static holt.worker.TestJobs.claimed;
import static holt.worker.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.protocol.Heartbeat;
import holt.protocol.Reply;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenClaimTest {
    private final OpenClaim claim = new OpenClaim(claimed(job()));

    @Test
    void aStopCancelsThePresentStepAndAllLaterOnes() {
        var step = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> claim.stop(OpenClaim.Stop.HAND_BACK));

        assertThatThrownBy(() -> claim.await(step)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> claim.await(new CompletableFuture<>()))
                .isInstanceOf(CancellationException.class);

        assertThat(step).isCancelled();
        assertThat(claim.whyStopped()).isEqualTo(OpenClaim.Stop.HAND_BACK);
        assertThat(claim.settle()).isFalse();
    }

    @Test
    void nothingStopsAClaimWhoseOutcomeIsBeingPublished() throws Exception {
        assertThat(claim.settle()).isTrue();

        claim.stop(OpenClaim.Stop.HAND_BACK);

        assertThat(claim.whyStopped()).isNull();
        assertThat(claim.await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
    }

    @Test
    void theFirstReasonToStopCounts() {
        claim.stop(OpenClaim.Stop.SUPERSEDED);
        claim.stop(OpenClaim.Stop.HAND_BACK);

        assertThat(claim.whyStopped()).isEqualTo(OpenClaim.Stop.SUPERSEDED);
    }

    @Test
    void itKeepsTheNewestProgress() {
        assertThat(claim.progress()).isNull();

        claim.note(new Reply.Progress(1, 20));
        claim.note(new Reply.Progress(2, 20));
        claim.note(new Reply.TextDelta("a", 1));

        assertThat(claim.progress()).isEqualTo(new Heartbeat.JobProgress(job().id(), 2, 20));
    }
}

package holt.api.queue;

import static holt.api.queue.TestQueue.MODEL;
import static holt.api.queue.TestQueue.START;
import static holt.api.queue.TestQueue.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.controls.Control;
import holt.api.edge.RecordReplies;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What operators' orders do to the jobs that wait inside an instance. */
class ControlsTest {
    private final TestQueue one = new TestQueue();
    private final RecordReplies client = new RecordReplies();
    private final CancelWaitingJobs cancel = new CancelWaitingJobs(one.place, one.clients);

    @BeforeEach
    void pause() {
        one.slots(2);
        one.paused.apply(new Control.Pause(MODEL.name(), "new weights", "me", START));
        one.queue.submit(TestQueue.chat("hi"), client);
    }

    @Test
    @DisplayName("R199: a client whose deadline passes while its model is paused is told why")
    void aClientIsToldWhyItsTimeIsOver() {
        one.timer.advance(TIMEOUT.plusSeconds(1));

        assertThat(client.all())
                .containsExactly(
                        new Outcome.Failed(
                                Failure.TIMEOUT,
                                "the deadline passed while the model was paused: new weights"));
        assertThat(one.place.waitingJobs()).isZero();
    }

    @Test
    @DisplayName("R202: an order to cancel drops the older jobs that wait here and match")
    void anOrderDropsWhatMatches() {
        cancel.apply(new Control.CancelWaiting(new ModelName("other"), null, null, later(1)));
        cancel.apply(new Control.CancelWaiting(null, "team:a", null, later(1)));
        cancel.apply(new Control.CancelWaiting(null, null, later(1), later(2)));
        cancel.apply(new Control.CancelWaiting(MODEL.name(), null, null, START));
        assertThat(client.all()).isEmpty();

        cancel.apply(new Control.CancelWaiting(MODEL.name(), null, START, later(1)));

        assertThat(client.all()).containsExactly(new Outcome.Cancelled());
        assertThat(one.place.waitingJobs()).isZero();
    }

    private static Instant later(long seconds) {
        return START.plusSeconds(seconds);
    }
}

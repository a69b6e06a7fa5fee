package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdmitJobsTest {
    private final TestQueue one = new TestQueue();

    @Test
    @DisplayName(
            "R164: the wait of a new job follows from the jobs ahead, of all instances, and the time of a run")
    void theWaitOfANewJob() {
        TestQueue other = one.another("other");
        one.slots(2);
        assertThat(one.admission.of(TestQueue.MODEL.name()).newJobWaits()).isNull();

        run(Duration.ofSeconds(10));
        submit(2);
        other.queue.submit(TestQueue.chat("hi"), null);

        QueueState queue = one.admission.of(TestQueue.MODEL.name());
        assertThat(queue.slots()).isEqualTo(2);
        assertThat(queue.ahead()).isEqualTo(3);
        assertThat(queue.newJobWaits()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    @DisplayName("R164: a refusal names the wait, and says when there is room again")
    void aRefusalNamesTheWait() {
        one.slots(2);
        run(Duration.ofSeconds(10));

        RequestRejectedException refused = refusal();

        assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED);
        assertThat(refused.getMessage())
                .isEqualTo("queue_full: 1000 jobs wait for this model, a new one for about 5000 s");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(refused.refusal())
                .isEqualTo(new Refusal(Refusal.Reason.QUEUE_FULL, 1001L, 5000L));
    }

    @Test
    @DisplayName("R164: the number of jobs that wait is bounded")
    void theNumberOfJobsIsBounded() {
        submit(TestQueue.MOST_QUEUED);

        assertThat(refusal().getMessage())
                .isEqualTo("queue_full: " + TestQueue.MOST_QUEUED + " jobs wait for this model");
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anAsynchronousJobIsRefusedTooWhenTheQueueIsFull() {
        submit(TestQueue.MOST_QUEUED);

        assertThat(
                        catchThrowableOfType(
                                RequestRejectedException.class,
                                () -> one.queue.submit(TestQueue.async("hi", null), null)))
                .hasMessageStartingWith("queue_full: ");
    }

    /** A job runs for so long. */
    private void run(Duration time) {
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), null);
        one.start(ticket.id());
        one.live(time);
        one.finish(ticket.id(), TestQueue.DONE);
        one.slots(2);
    }

    private void submit(int jobs) {
        for (int i = 0; i < jobs; i++) {
            one.queue.submit(TestQueue.chat("hi"), null);
        }
    }

    private RequestRejectedException refusal() {
        return catchThrowableOfType(
                RequestRejectedException.class, () -> submit(TestQueue.MOST_QUEUED + 1));
    }
}

package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdmitJobsTest {
    private final TestQueue one = new TestQueue();

    @Test
    @DisplayName(
            "R164: a job that would not begin before its deadline is refused at once, with its wait")
    void aJobThatWouldWaitTooLongIsRefused() {
        one.slots(2);
        run(Duration.ofSeconds(10));

        // Each takes 10 s, two run at once, and a client waits for 170 s.
        submit(34);
        RequestRejectedException refused = refusal();

        assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED);
        assertThat(refused.getMessage())
                .isEqualTo(
                        "deadline: 35 jobs wait for this model, the last one for about 175 s; this one may wait 170 s");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("R164: jobs of other instances count")
    void jobsOfOtherInstancesCount() {
        TestQueue other = one.another("other");
        one.slots(2);
        run(Duration.ofSeconds(100));
        other.slots(2);
        submit(2);

        assertThat(
                        catchThrowableOfType(
                                RequestRejectedException.class,
                                () -> {
                                    for (int i = 0; i < 3; i++) {
                                        other.queue.submit(TestQueue.chat("hi"), null);
                                    }
                                }))
                .hasMessageStartingWith("deadline: ");
    }

    @Test
    @DisplayName(
            "R164: while nobody knows how long a run takes, only the number of jobs is bounded")
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
        return catchThrowableOfType(RequestRejectedException.class, () -> submit(1_000));
    }
}

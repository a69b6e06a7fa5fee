package holt.api.queue;

import static holt.api.queue.TestQueue.START;
import static holt.api.queue.TestQueue.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.queue.index.JobStatus;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExpireStrayJobsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestQueue one = new TestQueue();

    @Test
    @DisplayName("R74: a job without an end one minute past its deadline is expired")
    void aJobIsExpiredOneMinutePastItsDeadline() {
        Ticket ticket = one.queue.submit(TestQueue.async("hi", null), null);
        passTime(Duration.ofHours(1).plus(MINUTE));
        one.expire.run(() -> true);
        assertThat(one.broker.events(JobEvent.Finished.class)).isEmpty();

        passTime(Duration.ofSeconds(2));
        one.expire.run(() -> true);
        passTime(Duration.ofSeconds(2));
        one.expire.run(() -> true);

        assertThat(one.broker.commands())
                .containsExactly(new Command.Cancel(ticket.id(), START.plus(Duration.ofHours(1))));
        assertThat(one.broker.events(JobEvent.Finished.class)).hasSize(1);
        JobEvent.Finished end = one.broker.events(JobEvent.Finished.class).getFirst();
        assertThat(((Outcome.Failed) end.outcome()).reason()).isEqualTo(Failure.TIMEOUT);
        assertThat(one.track.find(ticket.id()).status()).isEqualTo(JobStatus.EXPIRED);
    }

    @Test
    void anEndedJobIsLeftAlone() {
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), _ -> {});
        one.finish(ticket.id(), TestQueue.DONE);
        passTime(TIMEOUT.plus(MINUTE).plus(MINUTE));

        one.expire.run(() -> true);

        assertThat(one.broker.events(JobEvent.Finished.class)).hasSize(1);
    }

    private void passTime(Duration time) {
        one.timer.advance(time);
        one.apiIsAlive(one.instance.id());
    }
}

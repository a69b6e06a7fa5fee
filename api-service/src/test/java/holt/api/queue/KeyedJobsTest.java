package holt.api.queue;

import static holt.api.queue.TestQueue.CONFIRM_WITHIN;
import static holt.api.queue.TestQueue.DONE;
import static holt.api.queue.publish.FakeBroker.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.edge.Await;
import holt.api.edge.RecordReplies;
import holt.api.queue.index.JobStatus;
import holt.kafka.Topics;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyedJobsTest {
    private final TestQueue one = new TestQueue();
    private final TestQueue two = one.another("two");
    private final RecordReplies first = new RecordReplies();
    private final RecordReplies second = new RecordReplies();

    @Test
    @DisplayName(
            "R61: the first Claimed in log order decides which instance publishes the job, and the others follow it")
    void theFirstClaimDecides() throws Exception {
        one.broker.delay(in(Topics.EVENTS));
        Ticket begun = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Ticket joined = two.queue.submit(TestQueue.keyed("k", "hi"), second);
        assertThat(joined.id()).isEqualTo(begun.id());

        one.broker.release();

        begun.accepted().get(10, TimeUnit.SECONDS);
        joined.accepted().get(10, TimeUnit.SECONDS);
        assertThat(one.broker.events(JobEvent.Claimed.class))
                .extracting(JobEvent.Claimed::instance)
                .containsExactly(one.instance.id(), two.instance.id());
        assertThat(one.broker.jobs())
                .extracting(Job::replyTo)
                .containsExactly(one.instance.address());

        one.finish(begun.id(), DONE);

        assertThat(first.outcome()).isEqualTo(DONE);
        assertThat(second.outcome()).isEqualTo(DONE);
    }

    @Test
    @DisplayName("R61: a request whose Claimed comes second with another fingerprint gets 422")
    void aLaterClaimOfAnotherRequestConflicts() {
        one.broker.delay(in(Topics.EVENTS));
        one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Ticket other = two.queue.submit(TestQueue.keyed("k", "ho"), second);

        one.broker.release();

        assertThat(failure(other)).isEqualTo(Failure.IDEMPOTENCY_CONFLICT);
        assertThat(reason(second)).isEqualTo(Failure.IDEMPOTENCY_CONFLICT);
        assertThat(first.all()).isEmpty();
    }

    @Test
    @DisplayName(
            "R61: a request with another fingerprint gets 422 on any instance that knows the key")
    void aKnownKeyOfAnotherRequestIsRefused() {
        one.queue.submit(TestQueue.keyed("k", "hi"), first);

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> two.queue.submit(TestQueue.keyed("k", "ho"), second))
                .satisfies(refused ->
                        assertThat(refused.failure()).isEqualTo(Failure.IDEMPOTENCY_CONFLICT));
        assertThat(two.waiting.count()).isZero();
    }

    @Test
    @DisplayName("R61: an instance that knows the job joins it without a Claimed")
    void aKnownJobIsJoined() throws Exception {
        Ticket begun = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        begun.accepted().get(10, TimeUnit.SECONDS);

        Ticket joined = two.queue.submit(TestQueue.keyed("k", "hi"), second);

        joined.accepted().get(10, TimeUnit.SECONDS);
        assertThat(one.broker.events(JobEvent.Claimed.class)).hasSize(1);
        assertThat(one.broker.jobs()).hasSize(1);
    }

    @Test
    @DisplayName("R40: a job with a key is accepted elsewhere only once the queue has it")
    void aJoinedJobIsAcceptedOnceItIsQueued() throws Exception {
        one.broker.delay(in("holt.jobs."));
        one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Ticket joined = two.queue.submit(TestQueue.keyed("k", "hi"), second);
        assertThat(joined.accepted()).isNotDone();
        assertThat(one.broker.events(JobEvent.Accepted.class)).isEmpty();

        Await.until(() -> {
            one.broker.release();
            return joined.accepted().isDone();
        });

        joined.accepted().get();
        assertThat(one.broker.events(JobEvent.Accepted.class)).hasSize(1);
    }

    @Test
    @DisplayName("R62: a claim that the broker does not confirm gives 503")
    void anUnconfirmedClaimFails() {
        one.broker.lose(in(Topics.EVENTS));

        Ticket ticket = one.queue.submit(TestQueue.keyed("k", "hi"), first);

        assertThat(failure(ticket)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        assertThat(one.broker.jobs()).isEmpty();
        assertThat(one.health.unconfirmed).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "R62: a claim that the log shows too late ends the job, and the key's next request begins a new one")
    void aLateClaimIsRevoked() throws Exception {
        one.broker.delay(in(Topics.EVENTS));
        Ticket late = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Ticket follower = one.queue.submit(TestQueue.keyed("k", "hi"), second);

        one.timer.advance(CONFIRM_WITHIN);

        assertThat(failure(late)).isEqualTo(Failure.OVERLOADED);
        assertThat(failure(follower)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(second)).isEqualTo(Failure.OVERLOADED);

        one.broker.release();

        Await.until(() -> one.index.find(late.id()).status() == JobStatus.FAILED);
        assertThat(one.broker.jobs()).isEmpty();
        one.health.recovered = true;
        one.watch.run();
        Ticket next = one.queue.submit(TestQueue.keyed("k", "hi"), new RecordReplies());
        assertThat(next.id()).isNotEqualTo(late.id());
        next.accepted().get(10, TimeUnit.SECONDS);
        assertThat(one.broker.jobs()).extracting(Job::id).containsExactly(next.id());
    }

    @Test
    @DisplayName(
            "R62: a claimed job whose broker does not confirm it ends as overloaded, and its key begins a new job")
    void anUnconfirmedJobOfAKeyEnds() {
        one.broker.delay(in("holt.jobs."));
        Ticket lost = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        two.queue.submit(TestQueue.keyed("k", "hi"), second);

        Await.until(() -> {
            one.broker.loseDelayed();
            return lost.accepted().isDone();
        });

        assertThat(failure(lost)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(second)).isEqualTo(Failure.OVERLOADED);
        assertThatExceptionOfType(RequestRejectedException.class)
                .as("placement pauses")
                .isThrownBy(() -> one.queue.submit(TestQueue.chat("hi"), _ -> {}));

        one.broker.release();
        Ticket next = two.queue.submit(TestQueue.keyed("k", "hi"), new RecordReplies());
        assertThat(next.id()).isNotEqualTo(lost.id());
    }

    @Test
    @DisplayName(
            "R62: if the owner dies before the job is queued, the job ends as overloaded and the key begins a new job")
    void anAbandonedKeyBeginsANewJob() throws Exception {
        one.broker.delay(in("holt.jobs."));
        Ticket abandoned = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Ticket follower = two.queue.submit(TestQueue.keyed("k", "hi"), second);
        two.expire.run();
        assertThat(two.broker.events(JobEvent.Finished.class)).isEmpty();

        two.apiIsGone(one.instance.id());
        two.expire.run();

        assertThat(reason(second)).isEqualTo(Failure.OVERLOADED);
        follower.accepted().get(10, TimeUnit.SECONDS);
        two.broker.release();
        Ticket next = two.queue.submit(TestQueue.keyed("k", "hi"), new RecordReplies());
        assertThat(next.id()).isNotEqualTo(abandoned.id());
        next.accepted().get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("R62: the owner's death after the job was queued changes nothing")
    void aQueuedJobSurvivesItsOwner() throws Exception {
        Ticket ticket = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        ticket.accepted().get(10, TimeUnit.SECONDS);

        two.apiIsGone(one.instance.id());
        two.expire.run();

        assertThat(two.broker.events(JobEvent.Finished.class)).isEmpty();
        assertThat(two.queue.submit(TestQueue.keyed("k", "hi"), second).id())
                .isEqualTo(ticket.id());
    }

    private static Failure failure(Ticket ticket) {
        return ((RequestRejectedException)
                        assertThatExceptionOfType(ExecutionException.class)
                                .isThrownBy(() -> ticket.accepted().get(10, TimeUnit.SECONDS))
                                .actual()
                                .getCause())
                .failure();
    }

    private static Failure reason(RecordReplies client) {
        return ((Outcome.Failed) client.outcome()).reason();
    }
}

package holt.api.queue;

import static holt.api.queue.TestQueue.DONE;
import static holt.api.queue.TestQueue.HOLD;
import static holt.api.queue.publish.FakeBroker.in;
import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.edge.Await;
import holt.api.edge.RecordReplies;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.RequestKey;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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
    void theFirstClaimDecides() {
        one.broker.delay(in(TOPICS.events()));
        Ticket begun = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Ticket joined = two.queue.submit(TestQueue.keyed("k", "hi"), second);
        assertThat(joined.id()).isEqualTo(begun.id());

        one.broker.release();

        awaitAccepted(1);
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
        one.broker.delay(in(TOPICS.events()));
        one.queue.submit(TestQueue.keyed("k", "hi"), first);
        two.queue.submit(TestQueue.keyed("k", "ho"), second);

        one.broker.release();

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
    void aKnownJobIsJoined() {
        one.queue.submit(TestQueue.keyed("k", "hi"), first);
        awaitAccepted(1);

        two.queue.submit(TestQueue.keyed("k", "hi"), second);

        assertThat(one.broker.events(JobEvent.Claimed.class)).hasSize(1);
        assertThat(one.broker.jobs()).hasSize(1);
    }

    @Test
    @DisplayName("R40: a job with a key is accepted elsewhere only once the queue has it")
    void aJoinedJobIsAcceptedOnceItIsQueued() {
        one.broker.delay(in("holt.jobs."));
        var key = new RequestKey("k");
        one.queue.submit(TestQueue.async("hi", key), first);
        Ticket joined = two.queue.submit(TestQueue.async("hi", key), second);
        assertThat(joined.accepted()).isNotDone();
        assertThat(one.broker.events(JobEvent.Accepted.class)).isEmpty();

        Await.until(() -> {
            one.broker.release();
            return joined.accepted().isDone();
        });

        assertThat(joined.accepted()).isCompleted();
        assertThat(one.broker.events(JobEvent.Accepted.class)).hasSize(1);
    }

    @Test
    @DisplayName("R62: a claim that the broker does not confirm gives 503")
    void anUnconfirmedClaimFails() {
        one.broker.delay(in(TOPICS.events()));
        one.queue.submit(TestQueue.keyed("k", "hi"), first);

        one.timer.advance(HOLD.minusMillis(1));
        assertThat(first.all()).isEmpty();
        one.timer.advance(HOLD);

        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        assertThat(one.broker.jobs()).isEmpty();
    }

    @Test
    @DisplayName(
            "R62: a claim that the log shows too late ends the job, and the key's next request begins a new one")
    void aLateClaimIsRevoked() {
        one.broker.delay(in(TOPICS.events()));
        Ticket late = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        one.queue.submit(TestQueue.keyed("k", "hi"), second);

        one.timer.advance(HOLD);

        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(second)).isEqualTo(Failure.OVERLOADED);

        one.broker.release();

        Await.until(() -> one.index.find(late.id()).status() == JobStatus.FAILED);
        assertThat(one.broker.jobs()).isEmpty();
        Ticket next = one.queue.submit(TestQueue.keyed("k", "hi"), new RecordReplies());
        assertThat(next.id()).isNotEqualTo(late.id());
        awaitAccepted(1);
        assertThat(one.broker.jobs()).extracting(Job::id).containsExactly(next.id());
    }

    @Test
    @DisplayName(
            "R62: a claimed job whose broker does not confirm it ends as overloaded, and its key begins a new job")
    void anUnconfirmedJobOfAKeyEnds() {
        one.broker.delay(in("holt.jobs."));
        Ticket lost = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        two.queue.submit(TestQueue.keyed("k", "hi"), second);

        Await.until(() -> one.broker.delayed() == 1);
        one.timer.advance(HOLD);
        one.broker.loseDelayed();

        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        assertThat(reason(second)).isEqualTo(Failure.OVERLOADED);

        one.broker.release();
        Ticket next = two.queue.submit(TestQueue.keyed("k", "hi"), new RecordReplies());
        assertThat(next.id()).isNotEqualTo(lost.id());
    }

    @Test
    @DisplayName(
            "R62: if the owner dies before the job is queued, the job ends as overloaded and the key begins a new job")
    void anAbandonedKeyBeginsANewJob() {
        alive();
        one.broker.delay(in("holt.jobs."));
        Ticket abandoned = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        two.queue.submit(TestQueue.keyed("k", "hi"), second);
        two.expire.run(() -> true);
        assertThat(two.broker.events(JobEvent.Finished.class)).isEmpty();

        two.apiIsGone(one.instance.id());
        two.live(Duration.ofSeconds(2));
        two.expire.run(() -> true);

        assertThat(reason(second)).isEqualTo(Failure.OVERLOADED);
        two.broker.release();
        Ticket next = two.queue.submit(TestQueue.keyed("k", "hi"), new RecordReplies());
        assertThat(next.id()).isNotEqualTo(abandoned.id());
        Await.until(() -> sent().contains(next.id()));
    }

    @Test
    @DisplayName("R62: the owner's death after the job was queued changes nothing")
    void aQueuedJobSurvivesItsOwner() {
        Ticket ticket = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        awaitAccepted(1);
        Await.until(() -> two.index.whenQueued(ticket.id()).isDone());

        alive();
        two.apiIsGone(one.instance.id());
        two.expire.run(() -> true);

        assertThat(two.broker.events(JobEvent.Finished.class)).isEmpty();
        assertThat(two.queue.submit(TestQueue.keyed("k", "hi"), second).id())
                .isEqualTo(ticket.id());
    }

    @Test
    @DisplayName(
            "R62: a job that waits in the line of a live instance is not ended, even after an outage")
    void aClaimedJobOfALiveInstanceWaits() {
        alive();
        one.slots(1);
        one.queue.submit(TestQueue.chat("a"), _ -> {});
        one.queue.submit(TestQueue.chat("b"), _ -> {});
        one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Await.until(() -> one.place.waitingJobs() == 1);

        // Neither instance's heartbeats arrive for a minute.
        two.timer.advance(Duration.ofMinutes(1));
        two.apiIsAlive(two.instance.id());
        two.expire.run(() -> true);

        assertThat(two.broker.events(JobEvent.Finished.class)).isEmpty();
    }

    @Test
    @DisplayName("R43: a job with a key does not pass the line")
    void aKeyedJobDoesNotPassTheLine() {
        oneSlotEach();
        List<Ticket> chats =
                IntStream.range(0, 3)
                        .mapToObj(i -> one.queue.submit(TestQueue.chat("hi" + i), _ -> {}))
                        .toList();
        Ticket keyed = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Await.until(() -> one.place.waiting(keyed.id()) != null);
        assertThat(sent()).containsExactly(chats.get(0).id());

        for (Ticket chat : chats) {
            assertThat(sent()).last().isEqualTo(chat.id());
            one.finish(chat.id(), DONE);
        }

        Await.until(() -> sent().contains(keyed.id()));
        one.finish(keyed.id(), DONE);
        assertThat(first.outcome()).isEqualTo(DONE);
    }

    @Test
    @DisplayName("R63: a client that leaves does not take its job with a key from the line")
    void aLeavingClientLeavesItsKeyedJobInTheLine() {
        oneSlotEach();
        Ticket chat = one.queue.submit(TestQueue.chat("a"), _ -> {});
        Ticket keyed = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Await.until(() -> one.place.waiting(keyed.id()) != null);

        keyed.leave().run();
        one.finish(chat.id(), DONE);

        Await.until(() -> sent().contains(keyed.id()));
        assertThat(one.broker.commands()).isEmpty();
    }

    @Test
    @DisplayName(
            "R39: a job with a key that was held for too long ends, and its key begins a new job")
    void aHeldKeyedJobEnds() {
        one.broker.delay(in("holt.jobs."));
        one.queue.submit(TestQueue.chat("late"), _ -> {});
        one.timer.advance(TestQueue.CONFIRM_WITHIN.plusMillis(1));
        Ticket keyed = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Await.until(() -> one.place.waiting(keyed.id()) != null);

        one.place.look(false);
        one.timer.advance(HOLD);
        one.place.look(false);

        assertThat(reason(first)).isEqualTo(Failure.OVERLOADED);
        Await.until(() -> one.index.find(keyed.id()).status() == JobStatus.FAILED);
        assertThat(two.queue.submit(TestQueue.keyed("k", "hi"), second).id())
                .isNotEqualTo(keyed.id());
    }

    @Test
    @DisplayName("R70: deleting a job with a key that still waits takes it from the line")
    void aDeletedKeyedJobLeavesTheLine() {
        oneSlotEach();
        one.queue.submit(TestQueue.chat("a"), _ -> {});
        Ticket keyed = one.queue.submit(TestQueue.keyed("k", "hi"), first);
        Await.until(() -> one.place.waiting(keyed.id()) != null);

        two.track.cancel(keyed.id());

        assertThat(one.place.waiting(keyed.id())).isNull();
        assertThat(first.outcome()).isEqualTo(new Outcome.Cancelled());
    }

    /** With two live instances, each has a window of one job. */
    private void oneSlotEach() {
        one.slots(1);
        two.slots(1);
    }

    private List<JobId> sent() {
        return one.broker.jobs().stream().map(Job::id).toList();
    }

    /** Both instances have read heartbeats for a while. */
    private void alive() {
        two.live(Duration.ofSeconds(8));
        two.apiIsAlive(one.instance.id());
    }

    private void awaitAccepted(int jobs) {
        Await.until(() -> one.broker.events(JobEvent.Accepted.class).size() == jobs);
    }

    private static Failure reason(RecordReplies client) {
        return ((Outcome.Failed) client.outcome()).reason();
    }
}

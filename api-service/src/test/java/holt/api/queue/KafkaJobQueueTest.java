package holt.api.queue;

import static holt.api.queue.TestQueue.DONE;
import static holt.api.queue.TestQueue.HOLD;
import static holt.api.queue.TestQueue.START;
import static holt.api.queue.TestQueue.TIMEOUT;
import static holt.api.queue.publish.FakeBroker.in;
import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.edge.Await;
import holt.api.edge.JobQueueContract;
import holt.api.edge.RecordReplies;
import holt.api.keys.Caller;
import holt.api.keys.Limits;
import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaJobQueueTest extends JobQueueContract {
    private static final String QUEUES = "holt.jobs.";

    private final TestQueue one = new TestQueue();
    private final RecordReplies client = new RecordReplies();

    @Override
    protected JobQueue queue() {
        return one.queue;
    }

    @Override
    protected void reply(JobId job, Reply... replies) {
        one.reply(job, replies);
    }

    @ParameterizedTest
    @ValueSource(strings = {QUEUES, "holt.events"})
    @DisplayName("R38: a job is accepted once the broker has confirmed both the job and Accepted")
    void aJobIsAcceptedOnceBothRecordsAreConfirmed(String slowTopic) throws Exception {
        one.broker.delay(in(slowTopic));
        Ticket ticket = one.queue.submit(TestQueue.async("hi", null), client);
        assertThat(ticket.accepted()).isNotDone();

        one.broker.release();

        ticket.accepted().get(10, TimeUnit.SECONDS);
        assertThat(one.broker.jobs()).extracting(Job::id).containsExactly(ticket.id());
        assertThat(one.broker.events(JobEvent.Accepted.class))
                .extracting(JobEvent::job)
                .containsExactly(ticket.id());
    }

    @Test
    @DisplayName("R39: a client whose job is not confirmed yet waits, and is answered once it is")
    void aClientWaitsForASlowBroker() {
        one.broker.delay(in(QUEUES));
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);

        one.timer.advance(HOLD.minusSeconds(1));
        assertThat(client.all()).isEmpty();
        assertThat(one.broker.commands()).isEmpty();

        one.broker.release();
        one.finish(ticket.id(), DONE);
        assertThat(client.all()).containsExactly(DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {QUEUES, "holt.events"})
    @DisplayName(
            "R39: a client whose job is not confirmed within hold gets 503, and the instance revokes the job")
    void anUnconfirmedJobIsRevoked(String lostTopic) {
        one.broker.delay(in(lostTopic));
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);

        loseAfterHold();

        assertThat(client.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Failure.OVERLOADED));
        Await.until(() -> !one.broker.events(JobEvent.Finished.class).isEmpty());
        assertThat(one.broker.commands())
                .containsExactly(new Command.Cancel(ticket.id(), START.plus(TIMEOUT)));
        JobEvent.Finished finished = one.broker.events(JobEvent.Finished.class).getFirst();
        assertThat(finished.job()).isEqualTo(ticket.id());
        assertThat(finished.claim()).isNull();
        assertThat(((Outcome.Failed) finished.outcome()).reason()).isEqualTo(Failure.OVERLOADED);
    }

    @Test
    @DisplayName("R39: an unconfirmed job that outlives its client fails its ticket")
    void anUnconfirmedAsynchronousJobFailsItsTicket() {
        one.broker.delay(in(QUEUES));
        Ticket ticket = one.queue.submit(TestQueue.async("hi", null), null);
        assertThat(ticket.accepted()).isNotDone();

        loseAfterHold();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> ticket.accepted().get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(RequestRejectedException.class)
                .satisfies(failure -> {
                    var rejected = (RequestRejectedException) failure.getCause();
                    assertThat(rejected.failure()).isEqualTo(Failure.OVERLOADED);
                    assertThat(rejected.retryAfter()).isNotNull();
                });
    }

    @Test
    @DisplayName(
            "R39: a client whose job was held in the line for too long gets 503, and nothing is revoked")
    void aHeldClientIsRefused() {
        one.place.look(true);
        one.queue.submit(TestQueue.chat("hi"), client);
        one.place.look(true);

        one.timer.advance(HOLD);
        one.place.look(true);

        assertThat(((Outcome.Failed) client.outcome()).reason()).isEqualTo(Failure.OVERLOADED);
        assertThat(one.waiting.count()).isZero();
        assertThat(one.broker.topics()).isEmpty();
    }

    @Test
    @DisplayName("R92: new jobs avoid a partition of the events that is in trouble")
    void newJobsAvoidATroubledPartitionOfTheEvents() {
        one.broker.delay(in(TOPICS.events()));
        Ticket late = one.queue.submit(TestQueue.chat("hi"), client);
        one.timer.advance(TestQueue.CONFIRM_WITHIN.plusMillis(1));

        assertThat(submitMany(20))
                .extracting(ticket -> one.breakers.events(ticket.id()))
                .doesNotContain(one.breakers.events(late.id()));
    }

    @Test
    void aClientIsRegisteredBeforeItsJobIsPublished() {
        one.broker.follow((event, _) -> {
            if (event instanceof JobEvent.Accepted) {
                one.reply(event.job(), DONE);
            }
        });

        one.queue.submit(TestQueue.chat("hi"), client);

        assertThat(client.all()).containsExactly(DONE);
    }

    @Test
    void aClientTooManyIsRefusedAndItsJobIsNotPublished() {
        IntStream.range(0, 100)
                .forEach(i ->
                        one.waiting.register(
                                new JobId("j" + i),
                                new WaitingClient(_ -> {}, false, false, () -> {})));

        assertThat(refusal()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED);
        assertThat(one.broker.topics()).isEmpty();
    }

    @Test
    @DisplayName("R28: a client whose reply is lost gets the outcome from the event")
    void theEventAloneEndsAClient() {
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);

        one.finish(ticket.id(), DONE);

        assertThat(client.all()).containsExactly(DONE);
    }

    @Test
    @DisplayName(
            "R64: an asynchronous job goes to its queue if nobody waits, and otherwise to holt.waiting")
    void anAsynchronousJobIsDurable() {
        one.slots(2);

        List<Ticket> tickets =
                IntStream.range(0, 5)
                        .mapToObj(i -> one.queue.submit(TestQueue.async("hi" + i, null), null))
                        .toList();

        assertThat(tickets).allMatch(ticket -> ticket.accepted().isDone());
        assertThat(one.broker.jobs()).hasSize(3).extracting(Job::lane).containsOnly(Lane.BATCH);
        assertThat(one.broker.topics()).filteredOn(TOPICS.waiting()::equals).hasSize(2);
        assertThat(one.broker.events(JobEvent.Accepted.class)).hasSize(5);
    }

    @Test
    @DisplayName("R64: an asynchronous job is accepted while its queue is in trouble")
    void anAsynchronousJobNeedsNoQueue() {
        one.broker.delay(in(QUEUES));
        one.queue.submit(TestQueue.chat("hi"), client);
        one.timer.advance(TestQueue.CONFIRM_WITHIN.plusMillis(1));

        Ticket ticket = one.queue.submit(TestQueue.async("hi", null), null);

        assertThat(ticket.accepted()).isCompleted();
        assertThat(one.broker.topics()).contains(TOPICS.waiting());
    }

    @Test
    @DisplayName("R69: the instance drops a job that still waits inside it when its client leaves")
    void aWaitingJobIsDroppedWhenItsClientLeaves() {
        one.slots(2);
        List<Ticket> tickets = submitMany(4);

        tickets.getLast().leave().run();
        tickets.stream().limit(3).forEach(ticket -> one.finish(ticket.id(), DONE));

        assertThat(one.broker.jobs()).extracting(Job::id).doesNotContain(tickets.getLast().id());
        assertThat(one.broker.commands()).isEmpty();
    }

    @Test
    @DisplayName("R69: a published job is cancelled when its client leaves")
    void aPublishedJobIsCancelledWhenItsClientLeaves() {
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);

        ticket.leave().run();
        ticket.leave().run();

        assertThat(one.broker.commands())
                .containsExactly(new Command.Cancel(ticket.id(), START.plus(TIMEOUT)));
    }

    @Test
    @DisplayName("R63: a disconnect does not cancel a job that outlives its client")
    void aJobThatOutlivesItsClientIsNotCancelled() {
        one.queue.submit(TestQueue.async("hi", null), client).leave().run();
        one.queue.submit(TestQueue.keyed("k", "hi"), client).leave().run();

        assertThat(one.broker.commands()).isEmpty();
    }

    @Test
    @DisplayName("R72: a deadline is absolute, on the broker's clock")
    void theDeadlineIsAbsolute() {
        one.timer.advance(Duration.ofDays(3));
        one.queue.submit(TestQueue.chat("hi"), client);

        Job job = one.broker.jobs().getFirst();
        assertThat(job.created()).isEqualTo(START.plus(Duration.ofDays(3)));
        assertThat(job.deadline()).isEqualTo(START.plus(Duration.ofDays(3)).plus(TIMEOUT));
        assertThat(one.broker.events(JobEvent.Accepted.class).getFirst().deadline())
                .isEqualTo(job.deadline());
    }

    @Test
    @DisplayName(
            "R162: a caller at its limit is refused on every instance, until one of its jobs ends")
    void aLimitHoldsAcrossInstances() {
        TestQueue other = one.another("other");
        var caller =
                new Caller("team:blue", "k", Set.of(), new Limits(2, Set.of(Lane.NORMAL), 1, null));
        NewJob job =
                NewJobs.of(
                        TestQueue.MODEL,
                        Lane.NORMAL,
                        TestQueue.task("hi", false),
                        TIMEOUT,
                        null,
                        caller,
                        false);
        Ticket first = one.queue.submit(job, client);

        assertThat(one.broker.jobs().getFirst().origin().caller()).isEqualTo("team:blue");
        assertThat(one.broker.jobs().getFirst().origin().weight()).isEqualTo(2);
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> other.queue.submit(job, client))
                .satisfies(refused ->
                        assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED));

        one.finish(first.id(), TestQueue.DONE);
        other.queue.submit(job, client);
    }

    @Test
    void aDeadlineIsNoLaterThanTheBrokerKeepsJobs() {
        one.queue.submit(
                NewJobs.of(
                        TestQueue.MODEL,
                        Lane.BATCH,
                        TestQueue.task("hi", false),
                        Duration.ofDays(3),
                        null,
                        Caller.ANYBODY,
                        true),
                null);

        assertThat(one.broker.jobs().getFirst().deadline())
                .isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    @DisplayName(
            "R73: at the deadline the client gets a time-out, and a job that still waits here is dropped")
    void atTheDeadlineTheClientGetsATimeout() {
        one.slots(2);
        Ticket waits = submitMany(4).getLast();
        one.queue.submit(TestQueue.chat("hi"), client);

        one.timer.advance(TIMEOUT);

        assertThat(client.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Failure.TIMEOUT));
        assertThat(one.place.waiting(waits.id())).isNull();
        assertThat(one.waiting.count()).isZero();
    }

    @Test
    @DisplayName("R75: a task over 64 KiB lies in the object store")
    void aLargeTaskLiesInTheStore() {
        one.queue.submit(TestQueue.chat("x".repeat(70_000)), client);

        assertThat(one.broker.jobs().getFirst().payload())
                .isInstanceOfSatisfying(
                        Payload.Stored.class,
                        stored -> assertThat(stored.object().key()).startsWith("claims/"));
    }

    @Test
    void aLargeTaskIsRefusedWhileTheStoreIsAway() {
        one.store.setDown(true);

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> one.queue.submit(TestQueue.chat("x".repeat(70_000)), client))
                .satisfies(refused ->
                        assertThat(refused.failure()).isEqualTo(Failure.STORAGE_UNAVAILABLE));
        assertThat(one.broker.topics()).isEmpty();
        assertThat(one.waiting.count()).isZero();
    }

    /** The broker confirms none of the delayed records within hold. */
    private void loseAfterHold() {
        one.broker.delay(_ -> false);
        one.timer.advance(HOLD);
        one.broker.loseDelayed();
    }

    private List<Ticket> submitMany(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> one.queue.submit(TestQueue.chat("hi" + i), _ -> {}))
                .toList();
    }

    private Failure refusal() {
        try {
            one.queue.submit(TestQueue.chat("hi"), client);
            return null;
        } catch (RequestRejectedException e) {
            return e.failure();
        }
    }
}

package holt.api.queue;

import static holt.api.queue.TestQueue.START;
import static holt.api.queue.TestQueue.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.edge.RecordReplies;
import holt.api.edge.TrackJobsContract;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrackKafkaJobsTest extends TrackJobsContract {
    private final TestQueue one = new TestQueue();
    private final RecordReplies client = new RecordReplies();

    @Override
    protected TrackJobs jobs() {
        return one.track;
    }

    @Override
    protected void run(JobId job) {
        one.start(job);
    }

    @Override
    protected void end(JobId job, Outcome outcome) {
        one.finish(job, outcome);
    }

    @Override
    protected boolean isCancelled(JobId job) {
        return one.broker.commands().stream()
                .anyMatch(command ->
                        command instanceof Command.Cancel cancel && cancel.job().equals(job));
    }

    @Test
    @DisplayName("R56: every instance knows every job of the log")
    void anotherInstanceKnowsTheJob() {
        TestQueue two = one.another("two");
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);

        one.finish(ticket.id(), TestQueue.DONE);

        assertThat(two.track.find(ticket.id())).isEqualTo(one.track.find(ticket.id()));
        assertThat(two.track.result(ticket.id()).outcome()).isEqualTo(TestQueue.DONE);
    }

    @Test
    @DisplayName("R153: whoever asks for a job whose time is over gets 410")
    void aJobWhoseTimeIsOverHasExpired() {
        one.start(new JobId("old"));
        one.finish(new JobId("old"), TestQueue.DONE);
        one.timer.advance(Duration.ofDays(1).plusSeconds(1));

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> one.track.find(new JobId("old")))
                .satisfies(refused -> {
                    assertThat(refused.failure()).isEqualTo(Failure.RESULT_EXPIRED);
                    assertThat(refused.failure().status()).isEqualTo(410);
                });
    }

    @Test
    @DisplayName("R58: an instance waits for an unknown id before it answers 404")
    void anUnknownJobIsAwaited() throws Exception {
        var job = new JobId("soon");
        var asked = new CompletableFuture<JobState>();
        Thread asking = Thread.startVirtualThread(() -> asked.complete(one.track.find(job)));
        one.start(job);

        assertThat(asked.get(10, TimeUnit.SECONDS)).isNotNull();
        asking.join();
    }

    @Test
    @DisplayName("R59: only its own instance knows a job that still waits inside it")
    void onlyItsOwnInstanceKnowsAWaitingJob() {
        TestQueue two = one.another("two");
        Ticket waits = waitingJob();

        JobState state = one.track.find(waits.id());
        assertThat(state.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(state.created()).isEqualTo(START);
        assertThat(state.served()).isTrue();
        assertThat(two.track.find(waits.id())).isNull();
    }

    @Test
    @DisplayName("R70: deleting a job that still waits here drops it and ends its client")
    void aDeletedWaitingJobIsDropped() {
        Ticket waits = waitingJob();

        one.track.cancel(waits.id());

        assertThat(client.all()).containsExactly(new Outcome.Cancelled());
        assertThat(one.place.waiting(waits.id())).isNull();
        assertThat(one.broker.commands()).isEmpty();
    }

    @Test
    @DisplayName("R70: deleting a queued job writes Cancel and Finished")
    void aDeletedQueuedJobEndsAtOnce() {
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);

        one.track.cancel(ticket.id());

        assertThat(one.broker.commands())
                .containsExactly(new Command.Cancel(ticket.id(), START.plus(TIMEOUT)));
        assertThat(one.track.find(ticket.id()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(client.all()).containsExactly(new Outcome.Cancelled());
    }

    @Test
    @DisplayName("R70: deleting a running job writes Cancel alone, since its worker ends it")
    void aDeletedRunningJobIsEndedByItsWorker() {
        Ticket ticket = one.queue.submit(TestQueue.chat("hi"), client);
        one.start(ticket.id());

        one.track.cancel(ticket.id());

        assertThat(one.broker.commands()).hasSize(1);
        assertThat(one.broker.events(JobEvent.Finished.class)).isEmpty();
    }

    /** A job beyond the window of two slots. */
    private Ticket waitingJob() {
        one.slots(2);
        // With two live instances, each has half of the window of three.
        IntStream.range(0, 3).forEach(i -> one.queue.submit(TestQueue.chat("hi" + i), _ -> {}));
        return one.queue.submit(TestQueue.chat("hi"), client);
    }
}

package holt.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.queue.JobQueue;
import holt.api.queue.NewJob;
import holt.api.queue.NewJobs;
import holt.api.queue.Ticket;
import holt.api.queue.index.RequestKey;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every queue does for its clients. */
public abstract class JobQueueContract {
    private static final Outcome DONE = FakeQueue.completed("Hello");
    private static final Reply HEL = new Reply.TextDelta("Hel", 1);
    private static final Reply LO = new Reply.TextDelta("lo", 1);

    protected abstract JobQueue queue();

    /** What a worker of the job says. */
    protected abstract void reply(JobId job, Reply... replies);

    @Test
    void aClientGetsItsRepliesInOrderAndItsOutcomeLast() {
        var client = new RecordReplies();
        Ticket ticket = queue().submit(chat("hi", true), client);

        reply(ticket.id(), HEL, LO, DONE);

        assertThat(client.all()).containsExactly(HEL, LO, DONE);
    }

    @Test
    void afterItsOutcomeAClientGetsNothing() {
        var client = new RecordReplies();
        Ticket ticket = queue().submit(chat("hi", true), client);
        reply(ticket.id(), new Outcome.Cancelled());

        reply(ticket.id(), HEL, DONE);

        assertThat(client.all()).containsExactly(new Outcome.Cancelled());
    }

    @Test
    void aClientThatHasLeftGetsNothing() {
        var client = new RecordReplies();
        Ticket ticket = queue().submit(chat("hi", true), client);
        reply(ticket.id(), HEL);

        ticket.leave().run();
        ticket.leave().run();
        reply(ticket.id(), LO, DONE);

        assertThat(client.all()).containsExactly(HEL);
    }

    @Test
    void eachRequestWithoutAKeyIsAJobOfItsOwn() {
        var one = new RecordReplies();
        var two = new RecordReplies();
        Ticket first = queue().submit(chat("hi", false), one);
        Ticket second = queue().submit(chat("hi", false), two);

        reply(second.id(), DONE);

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(one.all()).isEmpty();
        assertThat(two.all()).containsExactly(DONE);
    }

    @Test
    void aJobNeedsNoClient() throws Exception {
        Ticket ticket = queue().submit(async("hi"), null);

        ticket.accepted().get(10, TimeUnit.SECONDS);
        reply(ticket.id(), DONE);
        ticket.leave().run();
    }

    @Test
    void requestsWithOneKeyAreOneJobAndAllItsClientsGetTheOutcome() {
        var one = new RecordReplies();
        var two = new RecordReplies();
        Ticket first = queue().submit(keyed("k", "hi"), one);
        Ticket second = queue().submit(keyed("k", "hi"), two);

        reply(first.id(), DONE);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(one.outcome()).isEqualTo(DONE);
        assertThat(two.outcome()).isEqualTo(DONE);
    }

    @Test
    void aClientThatComesAfterTheEndOfItsKeysJobGetsTheOutcome() {
        Ticket first = queue().submit(keyed("k", "hi"), new RecordReplies());
        reply(first.id(), DONE);

        var late = new RecordReplies();
        Ticket second = queue().submit(keyed("k", "hi"), late);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(late.outcome()).isEqualTo(DONE);
    }

    @Test
    void theKeyOfAnotherRequestIsRefused() {
        queue().submit(keyed("k", "hi"), new RecordReplies());

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> queue().submit(keyed("k", "ho"), new RecordReplies()))
                .satisfies(refused -> {
                    assertThat(refused.failure()).isEqualTo(Failure.IDEMPOTENCY_CONFLICT);
                    assertThat(refused.param()).isEqualTo("Idempotency-Key");
                });
    }

    private static NewJob chat(String text, boolean stream) {
        return NewJobs.of(model(), Lane.NORMAL, task(text, stream), Duration.ofSeconds(170));
    }

    private static NewJob async(String text) {
        return NewJobs.of(
                model(),
                Lane.BATCH,
                task(text, false),
                Duration.ofHours(1),
                null,
                Caller.ANYBODY,
                true);
    }

    private static NewJob keyed(String key, String text) {
        return NewJobs.of(
                model(),
                Lane.NORMAL,
                task(text, false),
                Duration.ofSeconds(170),
                new RequestKey(key),
                Caller.ANYBODY,
                false);
    }

    private static KnownModel model() {
        return new KnownModel(
                new ModelName("m"), KnownModel.Kind.CHAT, "", Instant.EPOCH, 2048, 16);
    }

    private static Task task(String text, boolean stream) {
        return new Task.Chat(
                List.of(new ChatMessage("user", text)),
                new Task.Sampling(1, 1, null),
                null,
                List.of(),
                stream);
    }
}

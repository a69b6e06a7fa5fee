package holt.api.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.WorkerId;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class WaitingClientsTest {
    private static final Outcome COMPLETED =
            new Outcome.ChatCompleted("Hello", Outcome.FinishReason.STOP, new Outcome.Usage(1, 2));

    private final WaitingClients clients = new WaitingClients(2);

    @Test
    void noMoreThanTheBoundMayWaitAndAPlaceIsFreeAgainAfterAnEnd() {
        clients.register(new JobId("a"), client());
        clients.register(new JobId("b"), client());

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> clients.register(new JobId("c"), client()))
                .satisfies(refused -> {
                    assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED);
                    assertThat(refused.retryAfter()).isNotNull();
                });

        clients.end(new JobId("a"), new Outcome.Cancelled());
        clients.register(new JobId("c"), client());
        assertThat(clients.count()).isEqualTo(2);
    }

    @Test
    void aClientGetsOneOutcomeHoweverManyThereAre() {
        var replies = new ArrayList<Reply>();
        var client = new WaitingClient(replies::add, false, false, () -> {});
        clients.register(new JobId("a"), client);

        clients.end(new JobId("a"), new Outcome.Cancelled());
        clients.end(new JobId("a"), COMPLETED);

        assertThat(clients.end(new JobId("a"), client, COMPLETED)).isFalse();
        assertThat(clients.abandon(new JobId("a"), client)).isFalse();
        assertThat(replies).containsExactly(new Outcome.Cancelled());
        assertThat(clients.count()).isZero();
    }

    @Test
    void allClientsOfAJobGetItsOutcomeButOnlyTheFirstReadsItsReplies() {
        var first = new ArrayList<Reply>();
        var second = new ArrayList<Reply>();
        var job = new JobId("a");
        clients.register(job, new WaitingClient(first::add, true, false, () -> {}));
        clients.register(job, new WaitingClient(second::add, true, true, () -> {}));
        var headers = new ReplyHeaders(job, new ClaimId("c"), "e", 1, 0);

        clients.deliver(headers, new Reply.Started(new WorkerId("w"), 1));
        clients.deliver(headers, new Reply.TextDelta("He", 1));
        clients.end(job, COMPLETED);

        assertThat(first)
                .containsExactly(
                        new Reply.TextDelta("He", 1), new Reply.TextDelta("llo", 0), COMPLETED);
        assertThat(second).containsExactly(new Reply.TextDelta("Hello", 0), COMPLETED);
        assertThat(clients.count()).isZero();
    }

    @Test
    void aClientThatLeavesDoesNotEndTheOthers() {
        var replies = new ArrayList<Reply>();
        var job = new JobId("a");
        WaitingClient leaves = client();
        clients.register(job, leaves);
        clients.register(job, new WaitingClient(replies::add, false, true, () -> {}));

        assertThat(clients.abandon(job, leaves)).isTrue();
        assertThat(clients.count()).isEqualTo(1);
        clients.end(job, COMPLETED);

        assertThat(replies).containsExactly(COMPLETED);
    }

    private static WaitingClient client() {
        return new WaitingClient(_ -> {}, false, false, () -> {});
    }
}

package holt.api.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.TokenLogprobs;
import holt.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WaitingClientTest {
    private static final Outcome.Usage USAGE = new Outcome.Usage(3, 2);
    private final List<Reply> replies = new ArrayList<>();
    private final AtomicInteger diverged = new AtomicInteger();
    private final WaitingClient stream =
            new WaitingClient(replies::add, true, false, diverged::incrementAndGet);
    private final WaitingClient whole = new WaitingClient(replies::add, false, false, () -> {});

    @Test
    @DisplayName("R23: a client gets the replies of a claim in the order of the partition")
    void aClientGetsTheRepliesOfOneClaimInOrderAndEndsOnce() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, new Reply.TextDelta("Hel", 1));
        deliver(stream, "a", 1, new Reply.TextDelta("lo", 1));
        assertThat(deliver(stream, "a", 1, completed("Hello")))
                .isEqualTo(WaitingClient.Delivery.ENDED);
        assertThat(stream.end(new Outcome.Cancelled())).isFalse();

        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("Hel", 1),
                        new Reply.TextDelta("lo", 1),
                        completed("Hello"));
    }

    @Test
    @DisplayName(
            "R45: the client follows the claim with the highest run, and the instance drops replies of older claims")
    void theNewestClaimWinsAndTheOlderOnesRepliesAreDropped() {
        deliver(whole, "old", 1, started(1));
        deliver(whole, "new", 2, started(2));

        assertThat(deliver(whole, "old", 1, completed("old")))
                .isEqualTo(WaitingClient.Delivery.LATE);
        assertThat(deliver(whole, "old", 1, started(1))).isEqualTo(WaitingClient.Delivery.LATE);
        deliver(whole, "new", 2, completed("new"));

        assertThat(replies).containsExactly(completed("new"));
    }

    @Test
    @DisplayName("R24: a first run needs no Started reply")
    void aFirstRunNeedNotSendStarted() {
        assertThat(deliver(whole, "a", 1, completed("Hello")))
                .isEqualTo(WaitingClient.Delivery.ENDED);
        assertThat(replies).containsExactly(completed("Hello"));
    }

    @Test
    void repliesOfAnotherClaimOfTheSameRunAreDropped() {
        deliver(stream, "a", 1, new Reply.TextDelta("Hello", 1));

        assertThat(deliver(stream, "forged", 1, completed("x")))
                .isEqualTo(WaitingClient.Delivery.LATE);
        assertThat(replies).containsExactly(new Reply.TextDelta("Hello", 1));
    }

    @Test
    @DisplayName("R46: the instance swallows the new claim's text while it repeats what was sent")
    void aStreamGoesOnSilentlyWhenTheSecondClaimSaysTheSame() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, new Reply.TextDelta("Hello", 2));
        deliver(stream, "b", 2, started(2));
        deliver(stream, "b", 2, new Reply.TextDelta("Hello, ", 3));
        deliver(stream, "b", 2, completed("Hello, otter"));

        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("Hello", 2),
                        new Reply.TextDelta(", ", 3),
                        new Reply.TextDelta("otter", 0),
                        completed("Hello, otter"));
    }

    @Test
    @DisplayName(
            "R47: a stream ends with an error, and its job is cancelled, if the new claim's text differs from what was sent")
    void aStreamWhoseNewTextDiffersEndsWithAnError() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, new Reply.TextDelta("Hello", 2));
        deliver(stream, "b", 2, started(2));

        assertThat(deliver(stream, "b", 2, new Reply.TextDelta("Good day", 2)))
                .isEqualTo(WaitingClient.Delivery.ENDED);

        assertThat(replies.getLast())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Failure.WORKER_FAILED));
        assertThat(deliver(stream, "b", 2, completed("Good day")))
                .isEqualTo(WaitingClient.Delivery.ENDED);
        assertThat(replies).hasSize(2);
        assertThat(diverged).hasValue(1);
    }

    @Test
    @DisplayName("R28: if a reply is lost, the client gets the outcome from the event")
    void theOutcomeOfTheEventIsEnoughWhenTheReplyIsLost() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, new Reply.TextDelta("Hel", 1));

        assertThat(stream.end(completed("Hello"))).isTrue();

        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("Hel", 1),
                        new Reply.TextDelta("lo", 0),
                        completed("Hello"));
    }

    @Test
    @DisplayName("R46: each of several answers is followed separately")
    void eachOfSeveralAnswersIsFollowedSeparately() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, delta(0, "Hello"));
        deliver(stream, "a", 1, delta(1, "Good"));
        deliver(stream, "b", 2, started(2));
        deliver(stream, "b", 2, delta(1, "Good day"));
        deliver(stream, "b", 2, delta(0, "Hel"));
        deliver(stream, "b", 2, several("Hello", "Good day, otter", "Hi"));

        assertThat(replies)
                .containsExactly(
                        delta(0, "Hello"),
                        delta(1, "Good"),
                        delta(1, " day"),
                        new Reply.TextDelta(", otter", 0, 1, null),
                        new Reply.TextDelta("Hi", 0, 2, null),
                        several("Hello", "Good day, otter", "Hi"));
    }

    @Test
    @DisplayName("R47: a stream ends with an error if one of several answers differs")
    void aStreamEndsWhenOneOfSeveralAnswersDiffers() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, delta(0, "Hello"));
        deliver(stream, "a", 1, delta(1, "Good"));

        assertThat(stream.end(several("Hello", "Bye", "Hi"))).isTrue();

        assertThat(replies).hasSize(3);
        assertThat(replies.getLast()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void logProbabilitiesAreSentOnceLikeTheirText() {
        deliver(stream, "a", 1, started(1));
        deliver(stream, "a", 1, scored("ab", "a", "b"));
        deliver(stream, "b", 2, started(2));
        deliver(stream, "b", 2, scored("a", "a"));
        deliver(stream, "b", 2, scored("bc", "b", "c"));
        var end =
                new Outcome.ChatCompleted(
                        "abcd",
                        Outcome.FinishReason.STOP,
                        USAGE,
                        logprobs("a", "b", "c", "d", "\ufffd"),
                        null,
                        null);
        deliver(stream, "b", 2, end);

        assertThat(replies)
                .containsExactly(
                        scored("ab", "a", "b"),
                        scored("c", "c"),
                        new Reply.TextDelta("d", 0, null, logprobs("d", "\ufffd")),
                        end);
    }

    @Test
    void logProbabilitiesWithoutTextAreSent() {
        deliver(stream, "a", 1, scored("a", "a"));
        deliver(stream, "a", 1, scored("", "\ufffd"));

        assertThat(replies).containsExactly(scored("a", "a"), scored("", "\ufffd"));
    }

    @Test
    void aClientThatHasGoneGetsNothing() {
        stream.abandon();

        assertThat(deliver(stream, "a", 1, started(1))).isEqualTo(WaitingClient.Delivery.ENDED);
        assertThat(stream.end(new Outcome.Cancelled())).isFalse();
        assertThat(replies).isEmpty();
    }

    private static Reply.Started started(int run) {
        return new Reply.Started(new WorkerId("w"), run);
    }

    private static Reply.TextDelta delta(int choice, String text) {
        return new Reply.TextDelta(text, 1, choice, null);
    }

    private static Reply.TextDelta scored(String text, String... tokens) {
        return new Reply.TextDelta(text, 1, null, logprobs(tokens));
    }

    private static List<TokenLogprobs> logprobs(String... tokens) {
        return Stream.of(tokens)
                .map(token -> new TokenLogprobs.TokenLogprob(token, -1, List.of()))
                .map(token -> new TokenLogprobs(token, List.of()))
                .toList();
    }

    private static Outcome.ChatCompleted several(String... texts) {
        return Outcome.ChatCompleted.of(
                Stream.of(texts)
                        .map(text -> new Outcome.Choice(text, Outcome.FinishReason.STOP, null))
                        .toList(),
                USAGE);
    }

    private static Outcome.ChatCompleted completed(String text) {
        return new Outcome.ChatCompleted(text, Outcome.FinishReason.STOP, USAGE);
    }

    private static WaitingClient.Delivery deliver(
            WaitingClient client, String claim, int run, Reply reply) {
        return client.deliver(
                new ReplyHeaders(new JobId("j"), new ClaimId(claim), "e", run, 0), reply);
    }
}

package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holt.api.RequestRejectedException;
import holt.api.edge.ManualTimer;
import holt.api.keys.Caller;
import holt.api.keys.Limits;
import holt.api.queue.placement.Work;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LimitCallersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(170);

    private final ManualTimer clock = new ManualTimer(START);
    private final LimitCallers limits = new LimitCallers(clock);
    private int next;

    @Test
    @DisplayName("R162: a caller has no more live jobs than its key allows")
    void concurrencyIsBounded() {
        Caller two = caller(2, null);
        JobId first = admit(two);
        admit(two);

        assertThat(refusal(two).getMessage()).startsWith("concurrency: ");

        limits.apply(finished(first), START);
        admit(two);
    }

    @Test
    @DisplayName("R162: jobs that other instances accepted count")
    void jobsOfOtherInstancesCount() {
        Caller one = caller(1, null);
        limits.apply(accepted("theirs", one), START);

        assertThat(refusal(one).getMessage()).startsWith("concurrency: ");

        limits.apply(finished(new JobId("theirs")), START);
        JobId ours = admit(one);
        limits.apply(accepted(ours.value(), one), START);
        limits.apply(finished(ours), START);
        admit(one);
    }

    @Test
    @DisplayName("R162: a caller sends no more requests in a minute than its key allows")
    void theRateIsBounded() {
        Caller rated = caller(null, 2);
        admit(rated);
        clock.advance(Duration.ofSeconds(20));
        admit(rated);

        RequestRejectedException refused = refusal(rated);
        assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED);
        assertThat(refused.getMessage()).startsWith("rate: ");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(40));

        clock.advance(Duration.ofSeconds(40));
        admit(rated);
        assertThat(refusal(rated).retryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aJobThatIsNotAcceptedIsNotLive() {
        Caller one = caller(1, null);
        var accepted = new CompletableFuture<Void>();
        limits.until(accepted, admit(one));

        accepted.completeExceptionally(new IllegalStateException("no broker"));

        admit(one);
    }

    @Test
    void aJobWhoseEndIsLostIsForgottenAfterItsDeadline() {
        Caller one = caller(1, null);
        admit(one);
        clock.advance(TIMEOUT.plus(Duration.ofMinutes(6)));

        limits.sweep();

        admit(one);
    }

    @Test
    void othersAreNotLimited() {
        admit(caller(1, 1));

        assertThatCode(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                admit(Caller.ANYBODY);
                                admit(
                                        new Caller(
                                                "team:red",
                                                "r",
                                                Set.of(),
                                                new Limits(1, Set.of(), null, null)));
                            }
                        })
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("R186: a caller's work in a minute is bounded, by an estimate at first")
    void tokensAreBounded() {
        long estimate = Work.estimate(TestQueue.task("hi", false));
        Caller twice = tokens(2 * estimate + 1);
        admit(twice);
        admit(twice);

        RequestRejectedException refused = refusal(twice);
        assertThat(refused.getMessage()).startsWith("tokens: ");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(limits.of(twice).tokens())
                .isEqualTo(new RateLimits.Quota(2 * estimate + 1, 1, Duration.ofMinutes(1)));
    }

    @Test
    @DisplayName("R186: the work is corrected once the outcome tells it")
    void workIsCorrected() {
        long estimate = Work.estimate(TestQueue.task("hi", false));
        Caller some = tokens(estimate + 100);
        JobId less = admit(some);
        assertThat(refusal(some).getMessage()).startsWith("tokens: ");

        limits.apply(answered(less, 40), START);
        JobId more = admit(some);
        limits.apply(answered(more, estimate + 70), START);

        assertThat(limits.of(some).tokens().remaining()).isZero();
        assertThat(limits.of(tokens(estimate + 200)).tokens().remaining()).isEqualTo(90);
    }

    @Test
    @DisplayName("R186: a job beyond the whole limit passes after a minute without others")
    void aLargeJobPassesAlone() {
        Caller little = tokens(10);
        admit(little);
        assertThat(refusal(little).getMessage()).startsWith("tokens: ");

        clock.advance(Duration.ofMinutes(1));

        admit(little);
    }

    @Test
    @DisplayName("R186: work that other instances accepted counts")
    void workOfOtherInstancesCounts() {
        Caller some = tokens(1_000);
        limits.apply(accepted("theirs", some), START);
        assertThat(limits.of(some).tokens().remaining()).isEqualTo(999);

        limits.apply(answered(new JobId("theirs"), 30), START);

        assertThat(limits.of(some).tokens().remaining()).isEqualTo(970);
    }

    @Test
    @DisplayName("R186: a caller has no more waiting jobs than its key allows")
    void waitingJobsAreBounded() {
        Caller one =
                new Caller(
                        "team:blue",
                        "k",
                        Set.of(),
                        new Limits(1, Set.of(), null, null, null, 1, null));
        JobId first = admit(one);
        assertThat(refusal(one).getMessage()).startsWith("queue_full: ");

        limits.apply(started(first), START);
        JobId second = admit(one);
        assertThat(refusal(one).getMessage()).startsWith("queue_full: ");

        limits.apply(finished(first), START);
        assertThat(refusal(one).getMessage()).startsWith("queue_full: ");
        limits.apply(finished(second), START);
        admit(one);
    }

    @Test
    @DisplayName(
            "R186: what is left of a rate is known, also by callers with another key of the team")
    void whatIsLeft() {
        Caller rated = caller(null, 5);
        admit(rated);
        clock.advance(Duration.ofSeconds(20));
        admit(rated);

        assertThat(limits.of(rated).requests())
                .isEqualTo(new RateLimits.Quota(5, 3, Duration.ofMinutes(1)));
        clock.advance(Duration.ofSeconds(50));
        assertThat(limits.of(rated).requests())
                .isEqualTo(new RateLimits.Quota(5, 4, Duration.ofSeconds(10)));
        assertThat(limits.of(Caller.ANYBODY)).isEqualTo(RateLimits.NONE);
    }

    private static Caller tokens(long most) {
        return new Caller(
                "team:blue",
                "k",
                Set.of(),
                new Limits(1, Set.of(), null, null, Math.toIntExact(most), null, null));
    }

    private static JobEvent answered(JobId id, long tokens) {
        return new JobEvent.Finished(
                id,
                TestQueue.MODEL.name(),
                Lane.NORMAL,
                null,
                new Outcome.ChatCompleted(
                        "yo",
                        Outcome.FinishReason.STOP,
                        new Outcome.Usage(Math.toIntExact(tokens), 0)));
    }

    private static JobEvent started(JobId id) {
        return new JobEvent.Started(
                id,
                TestQueue.MODEL.name(),
                Lane.NORMAL,
                new ClaimId("c"),
                new WorkerId("w"),
                1,
                0,
                0);
    }

    private RequestRejectedException refusal(Caller caller) {
        return catchThrowableOfType(RequestRejectedException.class, () -> admit(caller));
    }

    private JobId admit(Caller caller) {
        var id = new JobId("j" + next++);
        limits.admit(
                id,
                NewJobs.of(
                        TestQueue.MODEL,
                        Lane.NORMAL,
                        TestQueue.task("hi", false),
                        TIMEOUT,
                        null,
                        caller,
                        false));
        return id;
    }

    private static Caller caller(@Nullable Integer concurrency, @Nullable Integer rate) {
        return new Caller("team:blue", "k", Set.of(), new Limits(1, Set.of(), concurrency, rate));
    }

    private static JobEvent accepted(String id, Caller caller) {
        return new JobEvent.Accepted(
                new JobId(id),
                TestQueue.MODEL.name(),
                Lane.NORMAL,
                new InstanceId("other"),
                START.plus(TIMEOUT),
                new Job.Origin(caller.id(), 1, 1));
    }

    private static JobEvent finished(JobId id) {
        return new JobEvent.Finished(
                id, TestQueue.MODEL.name(), Lane.NORMAL, null, new Outcome.Cancelled());
    }
}

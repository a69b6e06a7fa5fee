package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holt.api.RequestRejectedException;
import holt.api.edge.ManualTimer;
import holt.api.keys.Caller;
import holt.api.keys.Limits;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.Outcome;
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

    private RequestRejectedException refusal(Caller caller) {
        return catchThrowableOfType(RequestRejectedException.class, () -> admit(caller));
    }

    private JobId admit(Caller caller) {
        var id = new JobId("j" + next++);
        limits.admit(
                id,
                new NewJob(
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

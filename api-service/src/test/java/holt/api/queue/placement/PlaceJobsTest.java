package holt.api.queue.placement;

import static holt.api.queue.placement.TestPlacement.CONFIRM_WITHIN;
import static holt.api.queue.placement.TestPlacement.HOLD;
import static holt.api.queue.placement.TestPlacement.MODEL;
import static holt.api.queue.placement.TestPlacement.job;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlaceJobsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ModelName OTHER = new ModelName("other");

    private final TestPlacement it = new TestPlacement();

    @Test
    @DisplayName(
            "R41: an instance keeps one and a half jobs a slot in Kafka, and the rest waits in order")
    void theWindowIsKeptAndTheRestWaitsInOrder() {
        it.workers(4);
        addMany(9);
        assertThat(it.sent()).containsExactly("j0", "j1", "j2", "j3", "j4", "j5");

        it.finish("j3");

        assertThat(it.sent()).endsWith("j6").hasSize(7);
    }

    @Test
    void aReplyThatEndsAJobMakesRoomBeforeItsEventDoes() {
        it.workers(2);
        addMany(6);
        assertThat(it.sent()).hasSize(3);

        it.place.ended(new JobId("j0"), null);
        assertThat(it.sent()).hasSize(4);

        // Neither its event, nor another reply, makes room once more.
        it.finish("j0");
        it.place.ended(new JobId("j0"), null);
        it.place.ended(new JobId("theirs"), null);
        assertThat(it.sent()).hasSize(4);
    }

    @Test
    void newSlotsAreFilledAtTheNextLook() {
        it.workers(2);
        addMany(9);
        assertThat(it.sent()).hasSize(3);

        it.workers(6);
        it.look();

        assertThat(it.sent()).hasSize(9);
    }

    @Test
    void aWaitingJobCanBeWithdrawnAPlacedOneCannot() {
        it.workers(2);
        addMany(4);

        assertThat(it.place.withdraw(new JobId("j3"))).isTrue();
        assertThat(it.place.withdraw(new JobId("j0"))).isFalse();

        it.finish("j0");
        assertThat(it.sent()).doesNotContain("j3");
    }

    @Test
    @DisplayName("R43: a waiting job that has ended leaves the line")
    void anEndedJobLeavesTheLine() {
        it.workers(2);
        addMany(3);
        CompletableFuture<Void> waits = it.add("waits");

        it.finish("waits");
        it.finish("j0");

        assertThat(waits).isCancelled();
        assertThat(it.sent()).doesNotContain("waits");
    }

    @Test
    void aJobGoesPastTheLineOnlyIfNobodyWaits() {
        it.workers(2);
        assertThat(it.place.addIfFirst(job("a", Lane.BATCH), it::send)).isCompleted();

        addMany(4);

        assertThat(it.place.addIfFirst(job("b", Lane.BATCH), it::send)).isNull();
        assertThat(it.sent()).doesNotContain("b");
    }

    @Test
    @DisplayName("R39: a job that the broker has not confirmed yet is not refused")
    void anUnconfirmedJobIsNotRefused() {
        it.confirms = false;
        CompletableFuture<Void> slow = it.add("slow");

        it.pass(HOLD.minus(SECOND));
        assertThat(slow).isNotDone();

        it.confirm("slow");
        assertThat(slow).isCompleted();
    }

    @Test
    @DisplayName(
            "R92: while a job is late, further jobs of its model wait, and go once it is confirmed")
    void furtherJobsWaitWhileOneIsLate() {
        it.confirms = false;
        it.add("late");
        it.timer.advance(CONFIRM_WITHIN.plusMillis(1));

        CompletableFuture<Void> held = it.add("held");
        it.look();
        assertThat(it.sent()).containsExactly("late");

        it.confirms = true;
        it.confirm("late");

        assertThat(held).isCompleted();
        assertThat(it.sent()).containsExactly("late", "held");
    }

    @Test
    @DisplayName("R39: a job that has waited for the broker as long as hold allows is refused")
    void aHeldJobIsRefusedInTheEnd() {
        it.confirms = false;
        it.add("late");
        it.pass(Duration.ofSeconds(2));
        CompletableFuture<Void> held = it.add("held");

        it.pass(HOLD.minus(SECOND));
        assertThat(held).isNotDone();

        it.pass(SECOND);
        assertThat(failure(held).failure()).isEqualTo(Failure.OVERLOADED);
        assertThat(failure(held).retryAfter()).isNotNull();
        assertThat(it.sent()).containsExactly("late");
    }

    @Test
    @DisplayName("R41: a job that waits for a slot is not refused, however long the broker answers")
    void overloadDoesNotRefuseAWaitingJob() {
        it.workers(2);
        addMany(3);
        CompletableFuture<Void> waits = it.add("waits");

        it.pass(HOLD.multipliedBy(4));
        assertThat(waits).isNotDone();

        it.finish("j0");
        assertThat(waits).isCompleted();
    }

    @Test
    @DisplayName(
            "R92: after a failure one job passes as the probe, and its confirmation lets the others go")
    void oneJobIsTheProbe() {
        it.confirms = false;
        it.add("lost");
        it.timer.advance(HOLD);
        IntStream.range(0, 3).forEach(i -> it.add("j" + i));
        it.expire("lost");
        it.look();
        assertThat(it.sent()).containsExactly("lost", "j0");
        it.look();
        assertThat(it.sent()).containsExactly("lost", "j0");

        it.confirms = true;
        it.confirm("j0");

        assertThat(it.sent()).containsExactly("lost", "j0", "j1", "j2");
    }

    @Test
    @DisplayName("R92: trouble of one model's queue holds that model only")
    void troubleOfOneModelHoldsThatModelOnly() {
        it.confirms = false;
        it.add("late");
        it.pass(Duration.ofSeconds(2));
        it.confirms = true;

        CompletableFuture<Void> held = it.add("held");
        CompletableFuture<Void> others = it.add(job("others", OTHER, Lane.NORMAL));

        assertThat(held).isNotDone();
        assertThat(others).isCompleted();
    }

    @Test
    @DisplayName(
            "R92: a model whose queue may not be written is refused after hold, with that reason")
    void aMissingRightIsTheReasonOfTheRefusal() {
        it.breakers.queue(MODEL).refused(new TopicAuthorizationException("holt.jobs.m"));
        it.confirms = false;
        it.add("probe");
        CompletableFuture<Void> held = it.add("held");

        it.look();
        it.pass(HOLD);

        assertThat(failure(held).getMessage()).contains("does not let this instance write");
    }

    @Test
    @DisplayName("R92: a job whose events would stand on a troubled partition lets later jobs pass")
    void aJobOfATroubledEventPartitionWaits() {
        it.workers(1);
        addMany(2);
        var late = new JobId("waits");
        String passes =
                IntStream.range(0, 100)
                        .mapToObj(i -> "p" + i)
                        .filter(id -> it.breakers.events(new JobId(id)) != it.breakers.events(late))
                        .findFirst()
                        .orElseThrow();
        it.add(late.value());
        it.add(passes);
        it.troubleEvents(late);

        it.finish("j0");

        assertThat(it.sent()).endsWith(passes).doesNotContain(late.value());
    }

    @Test
    @DisplayName(
            "R39: a job whose events would stand on a troubled partition is refused after hold")
    void aJobOfATroubledEventPartitionIsRefusedInTheEnd() {
        it.workers(1);
        addMany(2);
        CompletableFuture<Void> held = it.add("waits");
        it.troubleEvents(new JobId("waits"));

        it.pass(HOLD.minus(CONFIRM_WITHIN).minus(SECOND));
        assertThat(held).isNotDone();

        it.pass(SECOND.multipliedBy(2));
        assertThat(failure(held).failure()).isEqualTo(Failure.OVERLOADED);
    }

    @Test
    @DisplayName("R39: while the broker is silent no job is sent, and each is refused after hold")
    void aSilentBrokerHoldsAllModels() {
        it.place.look(true);
        CompletableFuture<Void> held = it.add("held");
        CompletableFuture<Void> others = it.add(job("others", OTHER, Lane.NORMAL));
        it.place.look(true);
        assertThat(it.sent()).isEmpty();

        it.place.look(false);

        assertThat(held).isCompleted();
        assertThat(others).isCompleted();
    }

    @Test
    @DisplayName(
            "R39: the jobs that wait are bounded in bytes, and one too many is refused at once")
    void theLineIsBoundedInBytes() {
        it.place.look(true);
        int added = 0;
        CompletableFuture<Void> last = it.add("j" + added++);
        while (!last.isDone()) {
            last = it.add("j" + added++);
        }

        assertThat(failure(last).failure()).isEqualTo(Failure.OVERLOADED);
        assertThat(failure(last).getMessage()).contains("too many requests wait");
        assertThat(added).isGreaterThan(10);

        // A job that leaves makes room.
        it.place.withdraw(new JobId("j0"));
        assertThat(it.add("next")).isNotDone();
    }

    @Test
    void noJobGoesBeforeTheProducerKnowsItsQueue() {
        var search = new AtomicReference<Runnable>();
        var find = new FindQueues(_ -> {}, it.breakers, search::set);
        var place =
                new PlaceJobs(
                        it.workers,
                        it.timer,
                        find,
                        it.breakers,
                        HOLD,
                        () -> TestPlacement.MOST_BYTES,
                        TestPlacement.LEAST_SHARE,
                        _ -> false,
                        () -> {});
        CompletableFuture<Void> first = place.add(job("a", Lane.NORMAL), it::send);
        assertThat(it.sent()).isEmpty();

        search.get().run();

        assertThat(first).isCompleted();
        assertThat(it.sent()).containsExactly("a");
    }

    @Test
    @DisplayName(
            "R198: the jobs of a paused model wait, those of others do not, and all go on at the end of the pause")
    void jobsOfAPausedModelWait() {
        it.workers(2, MODEL.value(), OTHER.value());
        it.paused.add(MODEL);
        CompletableFuture<Void> held = it.add("held");
        assertThat(it.place.addIfFirst(job("async", Lane.BATCH), it::send)).isNull();

        it.add(job("free", OTHER, Lane.NORMAL));
        it.pass(HOLD.plus(SECOND));
        assertThat(it.sent()).containsExactly("free");
        assertThat(held).isNotDone();

        it.paused.clear();
        it.look();

        assertThat(held).isCompleted();
        assertThat(it.sent()).containsExactly("free", "held");
    }

    private void addMany(int jobs) {
        IntStream.range(0, jobs).forEach(i -> it.add("j" + i));
    }

    private static RequestRejectedException failure(CompletableFuture<Void> job) {
        return (RequestRejectedException) job.exceptionNow();
    }
}

package holt.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner.Running;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every runner must do, also the ones that stand in for a model in tests. */
public abstract class ModelRunnerContract {
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    /** The same runner each time, without work at first. */
    protected abstract ModelRunner runner();

    /** A task of the model's kind. It sends replies before its result, and goes on until {@link #finish}. */
    protected abstract Task task();

    /** Lets a task that has started go on to its end. Returns once nothing more happens for it. */
    protected abstract void finish(String id);

    /** Whether the engine was told to stop the task. */
    protected abstract boolean isStopped(String id);

    @AfterEach
    void closeRunner() {
        runner().close();
    }

    @Test
    void aTaskEndsWithAnOutcomeOfTheModelsKind() throws Exception {
        Running running = start("a");
        assertThat(running.result()).isNotDone();

        finish("a");

        assertThat(outcome(running))
                .isInstanceOf(
                        switch (runner().model().kind()) {
                            case CHAT -> Outcome.ChatCompleted.class;
                            case IMAGE -> Outcome.ImagesCompleted.class;
                            case EMBEDDING -> Outcome.Embedded.class;
                        });
    }

    @Test
    void repliesComeBeforeTheResult() throws Exception {
        Running running = start("a");
        var before = running.result().thenApply(_ -> List.copyOf(replies));

        finish("a");

        assertThat(before.get(10, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(replies).containsExactlyElementsOf(before.join());
        assertThat(replies).noneMatch(Outcome.class::isInstance);
    }

    @Test
    void anEarlyEndStopsTheEngineAndIsTheResult() throws Exception {
        Running running = start("a");

        running.end(new Outcome.Cancelled());
        assertThat(isStopped("a")).isTrue();
        List<Reply> before = List.copyOf(replies);
        finish("a");

        assertThat(outcome(running)).isEqualTo(new Outcome.Cancelled());
        assertThat(running.result().join().uploads()).isEmpty();
        assertThat(replies).containsExactlyElementsOf(before);
    }

    @Test
    void anEndAfterTheResultChangesNothing() throws Exception {
        Running running = start("a");
        finish("a");
        Outcome outcome = outcome(running);

        running.end(new Outcome.Cancelled());

        assertThat(outcome(running)).isEqualTo(outcome);
        assertThat(isStopped("a")).isFalse();
    }

    @Test
    void tasksRunBesideEachOther() throws Exception {
        Running first = start("a");
        Running second = start("b");

        first.end(new Outcome.Cancelled());
        assertThat(second.result()).isNotDone();
        finish("b");

        assertThat(outcome(second)).isNotEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aTaskOfAnotherKindIsRefused() throws Exception {
        Task other =
                switch (runner().model().kind()) {
                    case CHAT -> TestJobs.IMAGES;
                    case IMAGE, EMBEDDING -> TestJobs.CHAT;
                };

        Running running = runner().start("a", Lane.NORMAL, other, replies::add);

        assertThat(outcome(running)).isEqualTo(ModelRunner.OTHER_KIND);
        assertThat(replies).isEmpty();
    }

    @Test
    void anIdleRunnerIsNeitherStuckNorBroken() {
        assertThat(runner().sinceProgress()).isZero();
        assertThat(runner().broken()).isFalse();
        assertThat(runner().slots()).isPositive();
    }

    private Running start(String id) {
        return runner().start(id, Lane.NORMAL, task(), replies::add);
    }

    private static Outcome outcome(Running running) throws Exception {
        return running.result().get(10, TimeUnit.SECONDS).outcome();
    }
}

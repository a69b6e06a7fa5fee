package holt.worker.remote;

import holt.protocol.Task;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.RunResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The tasks for pictures that run in an engine now, over all its models. Each has a virtual thread. */
public final class RunPictures {
    private final AtomicInteger running = new AtomicInteger();

    /** One task. */
    public interface Run {
        /** Returns once there is a result. */
        void run();

        CompletableFuture<RunResult> result();

        /** Ends the work in the engine. */
        void stop();
    }

    /** Makes a run of a task. */
    @FunctionalInterface
    public interface Begin {
        /** @throws UnsupportedException if the engine cannot do what the task wants */
        Run of(Task.Images wanted) throws UnsupportedException;
    }

    public boolean hasRoom(int slots) {
        return running.get() < slots;
    }

    /** Starts a task for pictures, and ends any other at once. */
    public Running start(Task task, Begin begin) {
        return switch (task) {
            case Task.Images images -> start(images, begin);
            case Task.Chat _, Task.Complete _, Task.Embed _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running start(Task.Images images, Begin begin) {
        Run run;
        try {
            run = begin.of(images);
        } catch (UnsupportedException e) {
            return Running.ended(e.result());
        }
        running.incrementAndGet();
        Thread.startVirtualThread(() -> {
            try {
                run.run();
            } finally {
                running.decrementAndGet();
            }
        });
        return new Running(run.result(), run::stop);
    }
}

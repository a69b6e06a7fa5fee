package holt.api.edge;

import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.store.ObjectStore;
import java.util.stream.IntStream;

/** Answers requests for pictures as a worker does: the pictures lie in the store before the reply names them. */
public final class FakePainter implements FakeQueue.Behaviour {
    private final ObjectStore store;

    public FakePainter(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void accept(FakeQueue.Taken job) {
        job.reply(painted(store, (Task.Images) job.job().task()));
    }

    /** The bytes of every picture. */
    public static byte[] picture() {
        return new byte[] {1, 2, 3};
    }

    /** The outcome of that task, whose pictures are now in the store. */
    public static Outcome painted(ObjectStore store, Task.Images task) {
        return new Outcome.ImagesCompleted(
                IntStream.range(0, task.n())
                        .mapToObj(i ->
                                "pictures/2026-01-02/"
                                        + "0123456789abcdef0123456789abcde"
                                        + i
                                        + ".png")
                        .peek(key -> store.put(key, picture(), "image/png"))
                        .map(key -> new Outcome.Picture(key, 1, 1, "image/png", null))
                        .toList(),
                task.responseFormat());
    }
}

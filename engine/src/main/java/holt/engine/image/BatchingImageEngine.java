package holt.engine.image;

import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.Question;
import holt.engine.image.DrawingQueue.Turn;
import holt.engine.scheduler.Denoising;
import holt.engine.torch.TorchError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: one thread, and an inbox through which all others talk to it. */
final class BatchingImageEngine implements ImageEngine {
    private static final Logger log = LoggerFactory.getLogger(BatchingImageEngine.class);

    /** What others want of the engine's thread. */
    private sealed interface Order {
        record Run(Drawing drawing) implements Order {}

        record Cancel(String id) implements Order {}

        record Stop() implements Order {}
    }

    private final ImageModelInfo info;
    private final DiffusionModel model;
    private final LongFunction<Denoising.NoiseSource> noise;
    private final SecureRandom seeds = new SecureRandom();
    private final LinkedBlockingQueue<Order> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;

    // Owned by the thread.
    private final DrawingQueue queue;
    private final Map<String, Drawing> drawings = new LinkedHashMap<>();
    private @Nullable ImageFailure broken;
    private boolean stopping;

    // Written by the thread, read by all.
    private volatile long steps;
    private volatile long progressAt = System.nanoTime();
    private volatile boolean idle = true;
    private volatile boolean closed;

    /**
     * @param model closed by {@link #close}
     * @param stepBytes about what one call of the model may take
     * @param noise of a seed
     */
    BatchingImageEngine(
            ImageModelInfo info,
            DiffusionModel model,
            long stepBytes,
            LongFunction<Denoising.NoiseSource> noise) {
        this.info = info;
        this.model = model;
        this.noise = noise;
        this.queue =
                new DrawingQueue(drawing ->
                        Math.clamp(
                                stepBytes / model.bytesPerQuestion(drawing.size()),
                                1,
                                Integer.MAX_VALUE));
        this.thread =
                Thread.ofPlatform().name("engine-" + info.name()).daemon().unstarted(this::serve);
    }

    BatchingImageEngine start() {
        thread.start();
        return this;
    }

    @Override
    public ImageModelInfo info() {
        return info;
    }

    @Override
    public void submit(ImageRequest request, Consumer<ImageEvent> events) {
        if (closed) {
            events.accept(new ImageEvent.Cancelled());
            return;
        }
        inbox.add(new Order.Run(new Drawing(request, seeds.nextLong(), info, events)));
        if (!thread.isAlive()) {
            cancelLeftInInbox(); // closed in between
        }
    }

    @Override
    public void cancel(String id) {
        inbox.add(new Order.Cancel(id));
    }

    @Override
    public long stepsDone() {
        return steps;
    }

    @Override
    public Duration sinceProgress() {
        return idle ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - progressAt);
    }

    @Override
    public void close() {
        closed = true;
        inbox.add(new Order.Stop());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the model must not be freed under the thread's feet
            }
        }
        cancelLeftInInbox();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread has ended; whoever notices tells those that it never got to. */
    private void cancelLeftInInbox() {
        for (Order order = inbox.poll(); order != null; order = inbox.poll()) {
            if (order instanceof Order.Run(Drawing drawing)) {
                drawing.cancelled();
            }
        }
    }

    private void serve() {
        model.useThisThread();
        while (!stopping) {
            drainInbox();
            // What has come may have been a word about a request that has ended already.
            if (!stopping && !drawings.isEmpty()) {
                step();
            }
        }
        List.copyOf(drawings.values()).forEach(drawing -> end(drawing, Drawing::cancelled));
        model.close();
    }

    /** Takes what has come; waits for something if there is nothing to compute. */
    private void drainInbox() {
        if (drawings.isEmpty()) {
            idle = true;
            obey(take());
            progressAt = System.nanoTime();
            idle = false;
        }
        for (Order order = inbox.poll(); order != null; order = inbox.poll()) {
            obey(order);
        }
    }

    private Order take() {
        while (true) {
            try {
                return inbox.take();
            } catch (InterruptedException e) {
                log.atWarn()
                        .addKeyValue("model", info.name())
                        .log("Interrupt ignored; the engine ends by close()");
            }
        }
    }

    private void obey(Order order) {
        switch (order) {
            case Order.Run(Drawing drawing) -> accept(drawing);
            case Order.Cancel(String id) ->
                    Optional.ofNullable(drawings.get(id))
                            .ifPresent(drawing -> end(drawing, Drawing::cancelled));
            case Order.Stop() -> stopping = true;
        }
    }

    private void accept(Drawing drawing) {
        String id = drawing.request().id();
        Optional<ImageFailure.Refused> refusal = Refusal.of(drawing.request(), info);
        if (broken != null) {
            ImageFailure failure = broken;
            drawing.failed(failure);
        } else if (refusal.isPresent()) {
            drawing.failed(refusal.get());
        } else if (drawings.putIfAbsent(id, drawing) != null) {
            drawing.failed(
                    new ImageFailure.Internal("a request with the id " + id + " is running"));
        } else {
            queue.add(drawing);
        }
    }

    private void step() {
        List<Turn> turns = queue.next();
        List<Drawing> together = turns.stream().map(Turn::drawing).toList();
        if (together.stream().allMatch(this::prepared) && attempt(together, () -> advance(turns))) {
            steps++;
            together.forEach(this::hand);
        }
    }

    private boolean prepared(Drawing drawing) {
        return attempt(List.of(drawing), () -> drawing.prepare(model, noise)) && listens(drawing);
    }

    private void advance(List<Turn> turns) {
        List<Sketch> sketches =
                turns.stream()
                        .flatMap(turn -> turn.drawing().next(turn.pictures()).stream())
                        .toList();
        List<Question> questions = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (Sketch sketch : sketches) {
            questions.addAll(sketch.questions());
            ends.add(questions.size());
        }
        List<float[]> answers = model.predict(questions, turns.getFirst().drawing().size());
        int start = 0;
        for (int i = 0; i < sketches.size(); i++) {
            sketches.get(i).advance(answers.subList(start, ends.get(i)));
            start = ends.get(i);
        }
    }

    private void hand(Drawing drawing) {
        boolean[] continues = {true};
        if (attempt(List.of(drawing), () -> continues[0] = drawing.continues(model))
                && listens(drawing)
                && !continues[0]) {
            forget(drawing);
        }
    }

    /** Ends a request whose consumer of events failed; returns whether it did not. */
    private boolean listens(Drawing drawing) {
        if (drawing.deaf()) {
            end(drawing, Drawing::cancelled);
        }
        return !drawing.deaf();
    }

    /** Does something for some requests, which end if it fails; returns whether it did not. */
    private boolean attempt(List<Drawing> concerned, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            fail(concerned, e);
            return false;
        } finally {
            progressAt = System.nanoTime();
        }
    }

    private void fail(List<Drawing> concerned, RuntimeException e) {
        ImageFailure failure = failure(e);
        boolean lost = failure instanceof ImageFailure.DeviceBroken;
        List<Drawing> failed = lost ? List.copyOf(drawings.values()) : concerned;
        log.atError()
                .addKeyValue("model", info.name())
                .addKeyValue("requests", failed.size())
                .setCause(e)
                .log(
                        lost
                                ? "The device is lost; all requests fail from now on"
                                : "A step failed, and its requests with it");
        failed.forEach(drawing -> end(drawing, each -> each.failed(failure)));
        if (lost) {
            broken = failure;
        }
    }

    private static ImageFailure failure(RuntimeException e) {
        String detail = TorchError.detail(e);
        return switch (TorchError.of(e)) {
            case OUT_OF_MEMORY -> new ImageFailure.OutOfMemory(detail);
            case DEVICE_BROKEN -> new ImageFailure.DeviceBroken(detail);
            case OTHER -> new ImageFailure.Internal(e.getClass().getSimpleName() + ": " + detail);
        };
    }

    private void end(Drawing drawing, Consumer<Drawing> lastWord) {
        forget(drawing);
        lastWord.accept(drawing);
    }

    private void forget(Drawing drawing) {
        drawings.remove(drawing.request().id());
        queue.remove(drawing);
    }
}

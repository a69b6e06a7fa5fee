package holt.engine.image;

import holt.engine.EngineThread;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.Question;
import holt.engine.diffusion.noise.Denoising;
import holt.engine.image.ImageScheduler.Turn;
import holt.engine.torch.TorchError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws; requests that may share a loop take their steps together. */
final class ImageBatchLoop implements EngineThread.Work<Drawing> {
    private static final Logger log = LoggerFactory.getLogger(ImageBatchLoop.class);

    private final ImageModelInfo info;
    private final DiffusionModel model;
    private final LongFunction<Denoising.NoiseSource> noise;
    private final ImageScheduler queue;
    private final Map<String, Drawing> drawings = new LinkedHashMap<>();
    private @Nullable ImageFailure broken;

    /** @param stepBytes about what one call of the model may take */
    ImageBatchLoop(
            ImageModelInfo info,
            DiffusionModel model,
            long stepBytes,
            LongFunction<Denoising.NoiseSource> noise) {
        this.info = info;
        this.model = model;
        this.noise = noise;
        this.queue =
                new ImageScheduler(drawing ->
                        Math.clamp(
                                stepBytes / model.bytesPerQuestion(drawing.size()),
                                1,
                                Integer.MAX_VALUE));
    }

    @Override
    public void begin() {
        model.useThisThread();
    }

    @Override
    public void cancel(String id) {
        Optional.ofNullable(drawings.get(id))
                .ifPresent(drawing -> end(drawing, Drawing::cancelled));
    }

    @Override
    public boolean isIdle() {
        return drawings.isEmpty();
    }

    @Override
    public void end() {
        List.copyOf(drawings.values()).forEach(drawing -> end(drawing, Drawing::cancelled));
        model.close();
    }

    @Override
    public void leave(Drawing drawing) {
        drawing.cancelled();
    }

    @Override
    public void accept(Drawing drawing) {
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

    @Override
    public void step(EngineThread.Progress progress) {
        List<Turn> turns = queue.next();
        List<Drawing> together = turns.stream().map(Turn::drawing).toList();
        for (Drawing drawing : together) {
            if (!prepared(drawing)) {
                return;
            }
            progress.made();
        }
        if (attempt(together, () -> advance(turns))) {
            progress.stepped();
            for (Drawing drawing : together) {
                progress.made();
                hand(drawing);
            }
        }
    }

    private boolean prepared(Drawing drawing) {
        return attempt(List.of(drawing), () -> drawing.prepare(model, noise)) && listens(drawing);
    }

    private void advance(List<Turn> turns) {
        List<DenoisingRun> sketches =
                turns.stream()
                        .flatMap(turn -> turn.drawing().next(turn.pictures()).stream())
                        .toList();
        List<Question> questions = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (DenoisingRun sketch : sketches) {
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

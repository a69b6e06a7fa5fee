package holt.engine.image;

import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.UnetInput;
import holt.engine.diffusion.noise.Denoising;
import holt.engine.image.ImageScheduler.Scheduled;
import holt.engine.image.denoising.DenoisingRun;
import holt.engine.loop.BatchLoop;
import holt.engine.loop.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Generates pictures for many requests in common denoising steps. */
final class ImageBatchLoop extends BatchLoop<ImageGeneration> {
    private final DiffusionModel model;
    private final LongFunction<Denoising.NoiseSource> noise;
    private final ImageScheduler scheduler;

    /**
     * @param name of the model, for the log
     * @param stepBytes about the most memory that one call of the UNet may take, besides its weights
     * @param noise makes the noise of a seed
     */
    ImageBatchLoop(
            String name,
            DiffusionModel model,
            long stepBytes,
            LongFunction<Denoising.NoiseSource> noise) {
        super(name);
        this.model = model;
        this.noise = noise;
        this.scheduler =
                new ImageScheduler(generation ->
                        Math.clamp(
                                stepBytes / model.bytesPerRow(generation.size()),
                                1,
                                Integer.MAX_VALUE));
    }

    @Override
    protected void start() {
        model.useThisThread();
    }

    @Override
    protected void schedule(ImageGeneration generation) {
        scheduler.add(generation);
    }

    @Override
    protected void unschedule(ImageGeneration generation) {
        scheduler.remove(generation);
    }

    @Override
    protected void free() {
        model.close();
    }

    @Override
    protected void step(Progress progress) {
        List<Scheduled> batch = scheduler.next();
        List<ImageGeneration> generations = batch.stream().map(Scheduled::generation).toList();
        for (ImageGeneration generation : generations) {
            if (!prepare(generation)) {
                return;
            }
            progress.partDone();
        }
        if (attempt(generations, () -> denoise(batch))) {
            progress.stepDone();
            for (ImageGeneration generation : generations) {
                progress.partDone();
                publish(generation);
            }
        }
    }

    private boolean prepare(ImageGeneration generation) {
        return attempt(List.of(generation), () -> generation.prepare(model, noise))
                && isListening(generation);
    }

    /** Runs the UNet once for all scheduled pictures. */
    private void denoise(List<Scheduled> batch) {
        List<DenoisingRun> runs =
                batch.stream()
                        .flatMap(each -> each.generation().next(each.pictures()).stream())
                        .toList();
        List<UnetInput> rows = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(); // of each run's rows
        for (DenoisingRun run : runs) {
            rows.addAll(run.unetInputs());
            ends.add(rows.size());
        }
        List<float[]> predictions = model.predict(rows, batch.getFirst().generation().size());
        int start = 0;
        for (int i = 0; i < runs.size(); i++) {
            runs.get(i).advance(predictions.subList(start, ends.get(i)));
            start = ends.get(i);
        }
    }

    private void publish(ImageGeneration generation) {
        if (attempt(List.of(generation), () -> generation.publish(model))
                && isListening(generation)
                && generation.hasEnded()) {
            remove(generation);
        }
    }
}

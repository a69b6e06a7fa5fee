package holt.engine.image;

import holt.engine.EngineFailure;
import holt.engine.NotFiniteException;
import holt.engine.RequestId;
import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import holt.engine.diffusion.ModelInputs;
import holt.engine.diffusion.noise.Denoising;
import holt.engine.image.denoising.ClassifierFreeGuidance;
import holt.engine.image.denoising.DenoisingRun;
import holt.engine.image.picture.Picture;
import holt.engine.image.picture.Pixels;
import holt.engine.loop.ActiveRequest;
import holt.engine.loop.RequestEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** One image request in progress, with its pictures. Only the engine's thread uses it. */
final class ImageGeneration implements ActiveRequest {
    private final ImageRequest request;
    private final long seed;
    private final LatentSize size;
    private final int rowsPerPicture;
    private final RequestEvents<ImageEvent> events;
    private final List<DenoisingRun> runs = new ArrayList<>(); // empty until prepared
    private @Nullable PreparedImages prepared;
    private int published; // pictures

    /** @param seed for a request without one */
    ImageGeneration(
            ImageRequest request,
            long seed,
            ImageModelInfo info,
            RequestEvents<ImageEvent> events) {
        this.request = request;
        this.seed = request.seed() == null ? seed : request.seed();
        this.size =
                new LatentSize(
                        request.height() / info.sizeStep(), request.width() / info.sizeStep());
        this.rowsPerPicture =
                ClassifierFreeGuidance.rows(request.guidance(), sourceGuidance(info.inputs()));
        this.events = events;
    }

    private double sourceGuidance(ModelInputs inputs) {
        Edit edit = request.edit();
        return edit == null || inputs != ModelInputs.LATENTS_AND_SOURCE ? 1 : edit.sourceGuidance();
    }

    @Override
    public RequestId id() {
        return request.id();
    }

    @Override
    public boolean isListening() {
        return events.isListening();
    }

    int priority() {
        return request.priority();
    }

    LatentSize size() {
        return size;
    }

    /** Whether its pictures may share a step with those of other requests. */
    boolean sharesSteps() {
        return request.seed() == null;
    }

    /** The UNet rows that one step of a picture takes. */
    int rowsPerPicture() {
        return rowsPerPicture;
    }

    /** The number of pictures that are not published. */
    int picturesLeft() {
        return request.count() - published;
    }

    boolean hasEnded() {
        return picturesLeft() == 0;
    }

    /** Encodes prompts and source and makes the first noise, unless that is done. */
    void prepare(DiffusionModel model, LongFunction<Denoising.NoiseSource> noise) {
        if (prepared != null) {
            return;
        }
        PreparedImages ready = PreparedImages.of(request, size, model);
        int latents = model.facts().latentChannels() * size.positions();
        for (int i = 0; i < request.count(); i++) {
            runs.add(
                    new DenoisingRun(
                            model.noiseScheduler().start(request.steps(), ready.strength()),
                            noise.apply(seed + i),
                            ready.guidance(),
                            ready.sourceLatents(),
                            latents));
        }
        prepared = ready;
        events.emit(new ImageEvent.Started(ready.guidance().prompt().ignored()));
    }

    /** The first pictures that are not complete. */
    List<DenoisingRun> next(int count) {
        return List.copyOf(runs.subList(published, Math.min(published + count, runs.size())));
    }

    /** Publishes the progress, the complete pictures in order, and the end. */
    void publish(DiffusionModel model) {
        int done = runs.stream().mapToInt(DenoisingRun::stepsDone).sum();
        int total = runs.stream().mapToInt(DenoisingRun::steps).sum();
        events.emit(new ImageEvent.Progress(done, total));
        while (isListening() && !hasEnded() && runs.get(published).isComplete()) {
            Picture picture = decode(model, runs.get(published).latents());
            events.emit(new ImageEvent.PictureDone(published, picture));
            published++;
        }
        if (hasEnded()) {
            events.emit(new ImageEvent.Finished());
        }
    }

    private Picture decode(DiffusionModel model, float[] latents) {
        requireFinite("the latents", latents);
        DiffusionFacts facts = model.facts();
        float[] unscaled = new float[latents.length];
        for (int i = 0; i < latents.length; i++) {
            unscaled[i] = (float) (latents[i] / facts.scale() + facts.shift());
        }
        float[] pixels = model.decode(unscaled, size);
        requireFinite("the pixels", pixels);
        Picture picture = Pixels.picture(pixels, request.width(), request.height());
        return prepared == null ? picture : prepared.keepOutsideMask(picture);
    }

    private static void requireFinite(String what, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new NotFiniteException(what);
            }
        }
    }

    @Override
    public void fail(EngineFailure failure) {
        events.emitLast(new ImageEvent.Failed(failure));
    }

    @Override
    public void cancel() {
        events.emitLast(new ImageEvent.Cancelled());
    }
}

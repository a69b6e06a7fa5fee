package holt.engine.image;

import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import holt.engine.diffusion.ModelInputs;
import holt.engine.diffusion.noise.Denoising;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way: its pictures, and who is told. Owned by the engine's thread. */
final class Drawing {
    private static final Logger log = LoggerFactory.getLogger(Drawing.class);

    private final ImageRequest request;
    private final long seed;
    private final LatentSize size;
    private final int questionsPerPicture;
    private final Consumer<ImageEvent> events;
    private final List<DenoisingRun> sketches = new ArrayList<>(); // empty until prepared
    private @Nullable Preparation preparation;
    private int drawn;
    private boolean deaf; // its consumer of events failed

    /** @param seed used where the request has none */
    Drawing(ImageRequest request, long seed, ImageModelInfo info, Consumer<ImageEvent> events) {
        this.request = request;
        this.seed = request.seed() == null ? seed : request.seed();
        this.size =
                new LatentSize(
                        request.height() / info.sizeStep(), request.width() / info.sizeStep());
        this.questionsPerPicture = questions(request, info.inputs());
        this.events = events;
    }

    private static int questions(ImageRequest request, ModelInputs inputs) {
        if (request.guidance() <= 1) {
            return 1;
        }
        Edit edit = request.edit();
        boolean strengthened =
                inputs == ModelInputs.LATENTS_AND_SOURCE
                        && edit != null
                        && edit.sourceGuidance() != 1;
        return strengthened ? 3 : 2;
    }

    ImageRequest request() {
        return request;
    }

    LatentSize size() {
        return size;
    }

    /** Whether its pictures may be computed together with those of others. */
    boolean shares() {
        return request.seed() == null;
    }

    /** How many questions a picture's step asks. */
    int questionsPerPicture() {
        return questionsPerPicture;
    }

    /** Pictures that are not complete. */
    int picturesLeft() {
        return request.count() - drawn;
    }

    /** Encodes texts and source, and makes the first noise, unless that is done. */
    void prepare(DiffusionModel model, LongFunction<Denoising.NoiseSource> noise) {
        if (preparation != null) {
            return;
        }
        Preparation ready = Preparation.of(request, size, model);
        DiffusionFacts facts = model.facts();
        for (int i = 0; i < request.count(); i++) {
            sketches.add(
                    new DenoisingRun(
                            model.scheduler().begin(request.steps(), ready.strength()),
                            noise.apply(seed + i),
                            ready.guide(),
                            ready.original(),
                            facts.latentChannels() * size.positions()));
        }
        preparation = ready;
        say(new ImageEvent.Started(ready.guide().prompt().ignored()));
    }

    /** The first pictures that are not complete. */
    List<DenoisingRun> next(int count) {
        return List.copyOf(sketches.subList(drawn, Math.min(drawn + count, sketches.size())));
    }

    /** Tells how far the pictures are, and hands out those that are complete; returns whether more is to be done. */
    boolean continues(DiffusionModel model) {
        int done = sketches.stream().mapToInt(DenoisingRun::stepsDone).sum();
        int total = sketches.stream().mapToInt(DenoisingRun::steps).sum();
        say(new ImageEvent.Progress(done, total));
        while (!deaf && drawn < sketches.size() && sketches.get(drawn).complete()) {
            Picture picture = finished(model, sketches.get(drawn).latents());
            say(new ImageEvent.Drawn(drawn, picture));
            drawn++;
        }
        if (deaf || drawn < sketches.size()) {
            return true;
        }
        say(new ImageEvent.Finished());
        return false;
    }

    private Picture finished(DiffusionModel model, float[] latents) {
        DiffusionFacts facts = model.facts();
        float[] unscaled = new float[latents.length];
        for (int i = 0; i < latents.length; i++) {
            unscaled[i] = (float) (latents[i] / facts.scale() + facts.shift());
        }
        float[] pixels = model.decode(unscaled, size);
        Picture picture = Pixels.picture(pixels, request.width(), request.height());
        return preparation == null ? picture : preparation.restored(picture);
    }

    /** Whether nobody listens any more. */
    boolean deaf() {
        return deaf;
    }

    void failed(ImageFailure failure) {
        say(new ImageEvent.Failed(failure));
    }

    void cancelled() {
        say(new ImageEvent.Cancelled());
    }

    private void say(ImageEvent event) {
        try {
            events.accept(event);
        } catch (RuntimeException e) {
            deaf = true;
            log.atError().setCause(e).log("A consumer of events failed; its request ends");
        }
    }
}
